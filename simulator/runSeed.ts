import type { Address } from 'viem'
import { seededRandom } from '../devnet/random'
import type { DevnetChain } from '../devnet/types'
import { allActions } from './actions/allActions'
import { Checker } from './check/Checker'
import type { Preparation } from './preparation/types'
import { type Failure, failureOf } from './product/failureOf'
import type { ProductProcess } from './product/startProduct'
import type { Trace, TracedEvent } from './trace'
import type { Drift, SimulatedContracts } from './types'
import { ChainWalk } from './walk/ChainWalk'
import { type Interruption, planInterruptions } from './walk/planInterruptions'
import { quotasOf } from './walk/quotas'

export interface SeedInput {
  readonly seed: number
  readonly operations: number
  readonly chains: readonly DevnetChain[]
  readonly actors: readonly Address[]
  /** By chain name. */
  readonly preparations: ReadonlyMap<string, Preparation>
  readonly product: ProductProcess
  readonly endTimestamp: number
  /** A chain that has reached this block is done, whatever its quotas: to see again what a run found there. */
  readonly endBlock?: number
  /** Called now and then. */
  readonly progress: (line: string) => void
}

/** What a run brought to light; nothing of either when the product is right. */
export interface Finding {
  readonly drifts: readonly Drift[]
  /** The product stopped answering, or never indexed a block; `null` when it answered to the end. */
  readonly failure: Failure | null
}

export interface SeedReport extends Finding {
  readonly seed: number
  /** How many operations the run was asked for. */
  readonly asked: number
  readonly operations: number
  readonly blocks: number
  readonly checkedBlocks: number
  readonly checks: number
  readonly reorgs: number
  readonly restarts: number
  /** Every action there is on these chains, and what else came with them; 0 for one that never happened. */
  readonly perAction: ReadonlyMap<string, number>
  readonly trace: Trace
}

const progressEvery = 20
/** A walk that cannot meet its quotas ends all the same, at so many times its operations, or at as many blocks. */
const mostOperations = 2

/**
 * Walks all chains at random, side by side and each by draws of its own, and checks every new block; stops at the first drift or
 * failure.
 */
export async function runSeed(input: SeedInput): Promise<SeedReport> {
  const { seed, operations, chains, product } = input
  const walks = await Promise.all(chains.map((chain) => beginWalk(input, chain)))
  const checkers = walks.map((walk) => new Checker(product.url, walk))
  const plan = planInterruptions(operations, chains.length)
  const events: TracedEvent[] = []
  const done = { reorg: 0, restart: 0 }
  let failure: Failure | null = null
  const isOver = () => failure !== null || checkers.some(({ drifts }) => drifts.length > 0)
  const counts = () => {
    const seen = new Map(walks.flatMap(({ input: { quotas } }) => [...quotas.keys()].map((name) => [name, 0])))
    for (const walk of walks) walk.count(seen)
    return seen
  }

  const walkOn = async (index: number) => {
    const walk = walks[index]!
    const checker = checkers[index]!
    const interruptions = plan[index]!
    const wanted = Math.ceil(operations / chains.length)
    const random = seededRandom(seed, `interruptions ${walk.input.chain.name}`)
    const due: Interruption[] = [...interruptions]
    const next = () => (due[0] !== undefined && walk.operations >= due[0].share * wanted ? due[0] : undefined)
    const isFar = () => input.endBlock !== undefined && Number(walk.truth.blockNumber) >= input.endBlock
    const isDone = () =>
      walk.operations >= wanted &&
      due.length === 0 &&
      walk.shortfalls.size === 0 &&
      checker.checkedBlocks * 3 >= walk.operations
    const isHopeless = () => walk.operations > mostOperations * wanted || walk.length > mostOperations * wanted
    await checker.checkNewest()
    for (let step = 1; !isOver() && !isDone() && !isFar() && !isHopeless(); step++) {
      if (step % progressEvery === 0) {
        const late = walk.operations < wanted ? '' : `, missing ${[...walk.shortfalls.keys()].join(', ')}`
        input.progress(`seed ${seed}, ${walk.input.chain.name}: ${walk.operations} of ${wanted} operations${late}`)
      }
      const interruption = walk.length > 1 ? next() : undefined
      if (interruption?.kind === 'reorg') {
        const depth = random.integer(1, Math.min(interruption.maxDepth, walk.length - 1))
        events.push(await walk.reorganise(depth))
        await checker.checkNewest()
        await checker.checkPast(random, Math.min(2, depth))
      } else {
        // While no indexer runs there is none to end; then it is the next step's turn.
        const isRestart = interruption?.kind === 'restart' && interrupt(product, walk, interruption.signal)
        if (isRestart) {
          events.push({ kind: 'restart', chain: walk.input.chain.name, signal: interruption.signal })
        }
        events.push(await walk.step())
        await checker.checkNewest()
        if (!isRestart) continue
        await checker.checkPast(random, 1)
      }
      due.shift()
      done[interruption.kind] += 1
    }
  }
  await Promise.all(
    walks.map((walk, index) =>
      walkOn(index).catch((error: unknown) => {
        failure ??= failureOf(walk.truth.chain, error)
      }),
    ),
  )
  const perAction = counts()
  return {
    seed,
    asked: operations,
    operations: [...perAction.values()].reduce((sum, count) => sum + count, 0),
    blocks: walks.reduce((sum, walk) => sum + walk.length, 0),
    checkedBlocks: checkers.reduce((sum, { checkedBlocks }) => sum + checkedBlocks, 0),
    checks: checkers.reduce((sum, { checks }) => sum + checks, 0),
    reorgs: done.reorg,
    restarts: done.restart,
    perAction,
    drifts: checkers.flatMap(({ drifts }) => drifts),
    failure,
    trace: { seed, chains: chains.length, events },
  }
}

function beginWalk(
  { seed, operations, chains, actors, preparations, endTimestamp }: SeedInput,
  chain: DevnetChain,
): Promise<ChainWalk> {
  const preparation = preparations.get(chain.name)!
  const actions = allActions(preparation)
  const versions = chains.map(({ contracts }) => contracts.aave!.version)
  return ChainWalk.begin({
    chain,
    contracts: chain.contracts as SimulatedContracts,
    actors,
    actions,
    quotas: quotasOf(actions, chains.indexOf(chain), versions, operations),
    operations: Math.ceil(operations / chains.length),
    watched: preparation.watched,
    random: seededRandom(seed, `walk ${chain.name}`),
    endTimestamp,
  })
}

/** Ends the chain's indexer, which the product has to start again; false while none runs. */
function interrupt(product: ProductProcess, walk: ChainWalk, signal: 'SIGKILL' | 'SIGTERM'): boolean {
  const pid = product.indexerPid(walk.input.chain.name)
  if (pid === null) return false
  process.kill(pid, signal)
  return true
}
