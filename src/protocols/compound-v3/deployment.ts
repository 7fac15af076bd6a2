import type { Address } from 'viem'
import { cometAbi as abi } from '../../../abis/compound-v3/comet'
import type { ResolveContext } from '../protocol'
import type { ResolvedComet, ResolvedCompoundV3 } from './types'

/** The configured contract is not a Comet. */
export class CometDeploymentError extends Error {
  override readonly name = 'CometDeploymentError'
}

/** Checks every configured Comet and names the price feeds it uses now. */
export async function resolveCompoundV3(context: ResolveContext): Promise<ResolvedCompoundV3> {
  const { config, pollFrom } = context
  return { comets: await Promise.all(config.compoundV3.map((one) => resolveComet(context, one))), pollFrom }
}

async function resolveComet(
  { client, startOf, priceSources }: ResolveContext,
  { name, comet: address }: ResolveContext['config']['compoundV3'][number],
): Promise<ResolvedComet> {
  const start = startOf('compoundV3')
  const { feeds, assets } = await readAssets(client, address).catch(() => {
    throw new CometDeploymentError(
      `compoundV3 ${address} ("${name}") does not answer baseTokenPriceFeed(); check the address and the chain's rpc.`,
    )
  })
  for (const feed of feeds) {
    const known = priceSources.get(feed)?.startBlock ?? start
    priceSources.set(feed, { startBlock: Math.min(known, start) })
  }
  const code = start === 0 ? undefined : await client.getCode({ address, blockNumber: BigInt(start - 1) })
  return { name, comet: address, startBlock: start, isOlder: code !== undefined, assets }
}

async function readAssets(
  client: ResolveContext['client'],
  address: Address,
): Promise<{ readonly feeds: readonly Address[]; readonly assets: readonly Address[] }> {
  const base = await client.readContract({ address, abi, functionName: 'baseTokenPriceFeed' })
  const count = await client.readContract({ address, abi, functionName: 'numAssets' })
  const infos = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      client.readContract({ address, abi, functionName: 'getAssetInfo', args: [index] }),
    ),
  )
  return {
    feeds: [base, ...infos.map(({ priceFeed }) => priceFeed)].map(lower),
    assets: infos.map(({ asset }) => lower(asset)),
  }
}

function lower(address: Address): Address {
  return address.toLowerCase() as Address
}
