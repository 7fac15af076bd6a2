import type { Address } from 'viem'
import { seededRandom } from '../devnet/random'
import type { DevnetChain } from '../devnet/types'
import { allActions } from './actions/allActions'
import { checkBlock } from './check/checkBlock'
import type { Preparation } from './prepare'
import type { ProductProcess } from './product/startProduct'
import type { Trace, TracedEvent } from './trace'
import type { Drift, SimulatedContracts } from './types'
import { ChainWalk } from './walk/ChainWalk'

export interface SeedInput {
  readonly seed: number
  readonly operations: number
  readonly chains: readonly DevnetChain[]
  readonly actors: readonly Address[]
  /** By chain name. */
  readonly preparations: ReadonlyMap<string, Preparation>
  readonly product: ProductProcess
  readonly endTimestamp: number
  /** Called after every check. */
  readonly progress: (line: string) => void
}

export interface SeedReport {
  readonly seed: number
  readonly operations: number
  readonly blocks: number
  readonly checkedBlocks: number
  readonly checks: number
  readonly reorgs: number
  readonly restarts: number
  readonly perAction: ReadonlyMap<string, number>
  readonly drifts: readonly Drift[]
  readonly trace: Trace
}

const reorgsPerRun = 6
const restartsPerRun = 4
const maxReorgDepth = 20

/** Walks all chains at random and checks every block; stops at the first drift. */
export async function runSeed(input: SeedInput): Promise<SeedReport> {
  const { seed, operations: wanted, chains, product } = input
  const random = seededRandom(seed, 'walk')
  const walks = await Promise.all(
    chains.map((chain) =>
      ChainWalk.begin({
        chain,
        contracts: chain.contracts as SimulatedContracts,
        actors: input.actors,
        actions: allActions(input.preparations.get(chain.name)!),
        watched: input.preparations.get(chain.name)!.watched,
        random: seededRandom(seed, `walk ${chain.name}`),
        endTimestamp: input.endTimestamp,
      }),
    ),
  )
  const events: TracedEvent[] = []
  const drifts: Drift[] = []
  let checks = 0
  let checkedBlocks = 0
  let reorgs = 0
  let restarts = 0

  const check = async (walk: ChainWalk) => {
    const vaults = Object.fromEntries(
      Object.entries(walk.input.contracts.vaults).map(([name, vault]) => [name, vault.address]),
    )
    const result = await checkBlock(product.url, walk.truth, vaults)
    checks += result.checks
    checkedBlocks += 1
    drifts.push(...result.drifts)
  }
  const counts = () => {
    const seen = new Map<string, number>()
    for (const walk of walks) walk.count(seen)
    return seen
  }

  for (const walk of walks) await check(walk)
  let seen = counts()
  while (drifts.length === 0 && total(seen) < wanted) {
    const walk = random.pick(walks)
    const share = total(seen) / wanted
    if (share > (reorgs + 0.5) / reorgsPerRun && walk.length > 1) {
      events.push(await walk.reorganise(random.integer(1, Math.min(maxReorgDepth, walk.length - 1)), seen))
      reorgs += 1
    } else if (share > (restarts + 0.7) / restartsPerRun) {
      const signal = restarts % 2 === 0 ? 'SIGKILL' : 'SIGTERM'
      const pid = product.indexerPid(walk.input.chain.name)
      if (pid !== null) {
        process.kill(pid, signal)
        restarts += 1
        events.push({ kind: 'restart', chain: walk.input.chain.name, signal })
      }
      events.push(await walk.step(seen))
    } else {
      events.push(await walk.step(seen))
    }
    await check(walk)
    seen = counts()
    input.progress(`seed ${seed}: ${total(seen)} of ${wanted} operations, ${reorgs} reorgs, ${restarts} restarts`)
  }
  return {
    seed,
    operations: total(seen),
    blocks: walks.reduce((sum, walk) => sum + walk.length, 0),
    checkedBlocks,
    checks,
    reorgs,
    restarts,
    perAction: seen,
    drifts,
    trace: { seed, chains: chains.length, events },
  }
}

function total(seen: ReadonlyMap<string, number>): number {
  return [...seen.values()].reduce((sum, count) => sum + count, 0)
}
