import { rpc } from '../devnet/chain/rpc'
import type { ConfigFile } from '../devnet/describeConfig'
import type { Devnet } from '../devnet/types'
import type { ProductProcess } from './product/startProduct'
import type { Setting } from './setUp'

/** A block is final on a local chain when as many follow it. */
const settledBlocks = 64
const secondsBetween = 12

/** Lets what the chains have seen become final. */
export async function settle({ chains }: Pick<Devnet, 'chains'>): Promise<void> {
  await Promise.all(chains.map(({ client }) => rpc(client, 'anvil_mine', [settledBlocks, secondsBetween])))
}

/** The same chains, indexed from where they stand. */
export function atTip(config: ConfigFile): ConfigFile {
  const chains = Object.entries(config.chains ?? {}).map(([name, chain]) => [name, { ...chain, startBlock: 'tip' }])
  return { ...config, chains: Object.fromEntries(chains) }
}

/** Hydrates everybody whom a walk looks at. */
export async function hydrateAll(
  { devnet, actors, preparations }: Setting,
  product: ProductProcess,
  progress: (line: string) => void,
): Promise<void> {
  for (const { name } of devnet.chains) {
    const accounts = [...actors, ...preparations.get(name)!.watched]
    progress(`${name}: ${await product.hydrate(name, accounts)}`)
  }
}
