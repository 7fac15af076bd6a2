import { setTimeout as delay } from 'node:timers/promises'
import type { Address } from 'viem'
import { seededRandom } from '../devnet/random'
import { startDevnet } from '../devnet/startDevnet'
import type { Devnet } from '../devnet/types'
import { awaitIndexed } from '../simulator/product/awaitIndexed'
import type { Drift } from '../simulator/types'
import { compareEverything } from './compareEverything'
import { type Injection, injectFault, isWell } from './injectFault'
import { keepMarket } from './market/keepMarket'
import { ReplacedBlocks } from './market/replacedBlocks'
import { planFaults } from './planFaults'
import { keepProduct } from './product/keepProduct'
import { type FaultyRpc, faultyRpc } from './rpc/faultyRpc'
import type { Stage } from './types'
import { Judge } from './watch/Judge'
import { Watch } from './watch/Watch'

export interface FaultsOptions {
  readonly seed: number
  readonly faults: number
  /** Kinds to draw from; all when absent. */
  readonly only?: readonly string[]
  /** Seconds between the recovery from a fault and the next one. */
  readonly restSeconds?: number
  /** Whether each fault ends as soon as it was noticed. */
  readonly areBrief?: boolean
  /** Root of the built project. */
  readonly root: string
  readonly progress: (line: string) => void
  /** Ends the run early; what there was until then is reported. */
  readonly signal?: AbortSignal
  /** Told every line of the product's log. */
  readonly onLog?: (line: string) => void
}

export interface FaultsReport {
  readonly injections: readonly Injection[]
  readonly wrong: readonly Drift[]
  /** Figures compared while faults came and went, and in the end. */
  readonly checks: number
  readonly samples: number
  /** Share of the run in which the watched accounts' figure was complete. */
  readonly completeShare: number
  readonly absences: readonly string[]
  /** Answers that could not be compared, and why. */
  readonly unjudged: readonly string[]
  /** The last comparison of everything: figures that differ. */
  readonly finalDrifts: readonly Drift[]
  readonly seconds: number
}

const blockSeconds = 3
const maxLagSeconds = 15
const nodesPerChain = 2
const firstFigureSeconds = 240
/** Nodes of one's own may be asked more often than the default, which suits those that are paid by the call. */
const auditCallsPerMinute = 300
const watchedShapes = ['whale', 'whale-borrower', 'looper', 'morpho-borrower', 'vault-and-borrower', 'split-chains']

/** Starts everything, lets so many things go wrong one after the other, and compares every figure all the while. Stops all it started. */
export async function runFaults(options: FaultsOptions): Promise<FaultsReport> {
  const { seed, root, progress } = options
  const undo: (() => Promise<unknown>)[] = []
  try {
    const devnet = await startDevnet({ seed, chains: 2, log: progress })
    undo.push(() => devnet.stop())
    const nodes = await frontNodes(devnet)
    undo.push(() => Promise.all([...nodes.values()].flat().map((node) => node.close())))
    const product = await keepProduct(root, configOf(devnet, nodes), options.onLog)
    undo.push(() => product.stop())
    // What has happened so far is indexed in peace; a small machine would run after a market for minutes.
    const beganAt = new Map<string, bigint>()
    for (const { name, client } of devnet.chains) {
      const newest = await client.getBlock()
      await awaitIndexed(product.url, name, newest)
      beganAt.set(name, newest.number)
    }
    const market = await keepMarket(devnet, blockSeconds, progress)
    undo.push(() => market.stop())
    const replaced = new ReplacedBlocks()
    const random = seededRandom(seed, 'faults')
    return await strike({ devnet, nodes, market, beganAt, product, replaced, random }, options)
  } finally {
    while (undo.length > 0) await undo.pop()?.()
  }
}

async function strike(stage: Stage, options: FaultsOptions): Promise<FaultsReport> {
  const { devnet, product, replaced, random } = stage
  const { faults, only, restSeconds = 0, progress, signal } = options
  const chains = devnet.chains.map(({ name }) => name)
  const accounts = watchedAccounts(devnet)
  const judge = new Judge(product.url, devnet.chains, accounts, replaced)
  const watch = new Watch({ url: product.url, chains, accounts, judge, progress, signal })
  const injections: Injection[] = []
  watch.excuses({ chains, isTotal: true })
  watch.start()
  try {
    const first = await watch.until(firstFigureSeconds, (...seen) => isWell(chains, 0, ...seen))
    if (first === null && watch.wrong.length === 0)
      throw new NeverWellError(product.log.slice(-20).map(({ text }) => text))
    watch.excuses({ chains: [], isTotal: false })
    const beganAt = Date.now()
    const before = { samples: watch.samples, complete: watch.completeSamples }
    for (const fault of planFaults(faults, chains, random, only)) {
      if (watch.wrong.length > 0 || signal?.aborted) break
      progress(`${fault.name} (${fault.chains.join(', ')}) …`)
      const injection = await injectFault(fault, stage, watch, options.areBrief)
      injections.push(injection)
      if (injection.recoveredSeconds === null) break
      await delay(1000 * restSeconds, undefined, { signal }).catch(() => undefined)
    }
    await watch.stop()
    const isLost = watch.wrong.length > 0 || injections.some(({ recoveredSeconds }) => recoveredSeconds === null)
    const none = { checks: 0, drifts: [] }
    const comparing = isLost ? none : compareEverything(stage)
    const final = await Promise.resolve(comparing).catch((error: Error) => {
      watch.unjudged.push(`the last comparison of everything: ${error.message}`)
      return none
    })
    return {
      injections,
      wrong: watch.wrong,
      checks: watch.checks + final.checks,
      samples: watch.samples - before.samples,
      completeShare: (watch.completeSamples - before.complete) / Math.max(1, watch.samples - before.samples),
      absences: watch.absences,
      unjudged: watch.unjudged,
      finalDrifts: final.drifts,
      seconds: (Date.now() - beganAt) / 1000,
    }
  } finally {
    await watch.stop()
  }
}

/** Nothing was wrong with the chains, and yet there was no whole figure. */
export class NeverWellError extends Error {
  override readonly name = 'NeverWellError'
  constructor(lastWords: readonly string[]) {
    super(`there was no complete figure before the first fault; the product's last words:\n${lastWords.join('\n')}`)
  }
}

async function frontNodes(devnet: Devnet): Promise<ReadonlyMap<string, readonly FaultyRpc[]>> {
  const nodes = new Map<string, readonly FaultyRpc[]>()
  for (const { name, rpcUrl } of devnet.chains)
    nodes.set(name, await Promise.all(Array.from({ length: nodesPerChain }, () => faultyRpc(rpcUrl))))
  return nodes
}

/** The devnet's own configuration, with the nodes in front of the real ones. */
function configOf({ config }: Devnet, nodes: ReadonlyMap<string, readonly FaultyRpc[]>): Devnet['config'] {
  const chains = Object.entries(config.chains ?? {}).map(([name, { ws: _, ...chain }]) => [
    name,
    { ...chain, rpc: nodes.get(name)!.map(({ url }) => url), maxLagSeconds },
  ])
  return { ...config, audit: { callsPerMinute: auditCallsPerMinute }, chains: Object.fromEntries(chains) }
}

function watchedAccounts({ accounts }: Devnet): readonly Address[] {
  return watchedShapes.flatMap((shape) => accounts.find((account) => account.shape === shape)?.address ?? [])
}
