import type { Address } from 'viem'
import { assetSymbols } from '../devnet/assets'
import type { ConfigFile } from '../devnet/describeConfig'
import { seededRandom } from '../devnet/random'
import { deriveActor } from '../devnet/seed/actors'
import { startDevnet } from '../devnet/startDevnet'
import type { Devnet } from '../devnet/types'
import { prepare } from './preparation/prepare'
import type { Preparation } from './preparation/types'
import type { SimulatedContracts } from './types'

export interface Setting {
  readonly devnet: Devnet
  readonly actors: readonly Address[]
  readonly preparations: ReadonlyMap<string, Preparation>
  /** The product's configuration for these chains. */
  readonly config: ConfigFile
  /** No block may be later. */
  readonly endTimestamp: number
}

const actorCount = 22
/** Chains jump in time independently of each other: the one behind leaves the cut, so that the one ahead can be asked at its newest block. */
const maxLagSeconds = 1

/** Often enough to look at everything between two blocks that are far apart. */
const auditedCallsPerMinute = 600

/**
 * Fresh chains, the first with Aave v3.6, the second with v3.0 and so on in turn, prepared for a walk.
 * @param isAudited whether the product's own audit runs, too; it needs a good part of the machine where blocks come as fast as here.
 */
export async function setUp(
  seed: number,
  chains: number,
  isAudited: boolean,
  log: (line: string) => void,
): Promise<Setting> {
  const aave = { beta: '3.0', delta: '3.0' } as const
  const content = { content: 'market', aave, stataVaults: true, moreVaults: true } as const
  const devnet = await startDevnet({ seed, chains, ...content, stayInPast: true, log })
  try {
    const actors = Array.from({ length: actorCount }, (_, index) => deriveActor(seed, `walker ${index + 1}`).address)
    const preparations = new Map<string, Preparation>()
    await Promise.all(
      devnet.chains.map(async (chain) => {
        const random = seededRandom(seed, `prepare ${chain.name}`)
        const contracts = chain.contracts as SimulatedContracts
        preparations.set(chain.name, await prepare(chain, contracts, devnet.owner.address, actors, random))
      }),
    )
    const audit = { callsPerMinute: isAudited ? auditedCallsPerMinute : 0 }
    const config = { ...describeSimulation(devnet.config, preparations), audit }
    return { devnet, actors, preparations, config, endTimestamp: Math.floor(Date.now() / 1000) }
  } catch (error) {
    await devnet.stop()
    throw error
  }
}

/** The devnet's own configuration, with the second price sources named and hardly any lag allowed. */
function describeSimulation(config: ConfigFile, preparations: ReadonlyMap<string, Preparation>): ConfigFile {
  const chains = Object.entries(config.chains ?? {}).map(([name, chain]) => {
    const { alternativeFeeds } = preparations.get(name)!
    const second = assetSymbols.map((symbol) => ({
      proxy: alternativeFeeds[symbol].proxy.address,
      base: `${symbol} second source`,
      quote: 'USD',
      heartbeatSeconds: 86_400,
    }))
    return [name, { ...chain, maxLagSeconds, chainlink: [...(chain.chainlink ?? []), ...second] }]
  })
  return { ...config, chains: Object.fromEntries(chains) }
}
