import type pg from 'pg'
import type { ChainConfig } from '../../config/schema'
import { log } from '../log'
import { describeExit, type ProcessExit } from '../processes/processExit'
import type { RunningIndexer } from '../processes/runFile'
import { BackOff } from './backOff'
import type { Deployment } from './deployments'
import { prepareDeployment } from './prepareDeployment'
import { takeSchemaLease } from './schemaLease'
import { spawnIndexer } from './spawnIndexer'
import { untilAborted } from './untilAborted'
import { watchIndexer } from './watchIndexer'

export type IndexerOptions = {
  readonly pool: pg.Pool
  readonly databaseUrl: string
  readonly dataDirectory: string
  readonly chain: string
  readonly config: ChainConfig
  readonly onChange: (running: RunningIndexer | undefined) => void
  /** What to index into; by default what code and configuration name. */
  readonly prepare?: () => Promise<Deployment>
  /** Asked before a schema begins to serve; the indexer is left down when it may not. */
  readonly accept?: (schema: string, signal: AbortSignal) => Promise<boolean>
  /** Called each time the indexer has caught up after a start. */
  readonly onReady?: (schema: string) => void
  /** How the process is started; tests start another one. */
  readonly spawn?: typeof spawnIndexer
}

export type Ending = 'stopped' | 'down' | 'refused'

export type SupervisedIndexer = {
  readonly chain: string
  /** Resolves when the indexer is left down for good: after `stop`, after a fault that a restart cannot cure, or because its schema was not accepted. */
  readonly ended: Promise<Ending>
  stop(): Promise<void>
}

/** Ponder's exit code for a fault that another try will not cure. */
const fatalExitCode = 1
/** … except this one: a node that lags behind the one asked before the restart. */
const curableByWaiting = /cannot move backwards/
const stopMilliseconds = 2_500
const healthyMilliseconds = 60_000

/** Keeps one chain's indexer running: prepares its schema, starts it, restarts it with back-off, and leaves it down on a fatal fault. */
export function superviseIndexer(options: IndexerOptions): SupervisedIndexer {
  const { chain } = options
  const stopping = new AbortController()
  const backOff = new BackOff(500, 30_000)
  const complain = complainOnce(chain)

  const run = async (): Promise<Ending> => {
    while (!stopping.signal.aborted) {
      const startedAt = Date.now()
      try {
        const outcome = await runOnce(options, stopping.signal)
        if (outcome !== 'restart') return outcome
      } catch (error) {
        if (stopping.signal.aborted) return 'stopped'
        complain(error as Error, backOff.nextMilliseconds)
      }
      if (Date.now() - startedAt > healthyMilliseconds) backOff.reset()
      await backOff.wait(stopping.signal)
    }
    return 'stopped'
  }

  const ended = run()
  return {
    chain,
    ended,
    async stop() {
      stopping.abort()
      await ended
    },
  }
}

/** One life of the indexer's process. */
async function runOnce(options: IndexerOptions, stopping: AbortSignal): Promise<Ending | 'restart'> {
  const { pool, databaseUrl, dataDirectory, chain, config, accept } = options
  const prepare = options.prepare ?? (() => prepareDeployment(pool, chain, config))
  const { schema, resolved } = await untilAborted(prepare(), stopping)
  const lease = await takeSchemaLease(databaseUrl, schema)
  if (lease === undefined) throw new Error(`another process already indexes ${schema} in this database`)
  try {
    if (stopping.aborted) return 'stopped'
    const process = await (options.spawn ?? spawnIndexer)({
      ...{ chain, schema, databaseUrl, dataDirectory },
      indexer: { name: chain, config, resolved },
    })
    options.onChange({ chain, pid: process.child.pid, port: process.port, schema })
    log.info({ chain, schema }, 'indexer started')

    const over = new AbortController()
    let isRefused = false
    const watch = watchIndexer({
      ...{ pool, chain, config, schema, accept, port: process.port, signal: over.signal },
      onRefused: () => {
        isRefused = true
        process.hush()
        void process.child.stop(stopMilliseconds)
      },
      onReady: () => options.onReady?.(schema),
      onStalled: () => {
        log.error({ chain }, 'the indexer stands still although the chain moves on; restarting it')
        void process.child.stop(stopMilliseconds)
      },
    }).catch((error) => log.warn({ chain, err: error }, 'the watch of the indexer failed'))
    const stop = () => {
      process.hush()
      void process.child.stop(stopMilliseconds)
    }
    stopping.addEventListener('abort', stop)
    if (stopping.aborted) stop()
    const exit = await process.child.exited
    stopping.removeEventListener('abort', stop)
    over.abort()
    options.onChange(undefined)
    await watch
    if (stopping.aborted) return 'stopped'
    if (isRefused) return 'refused'
    return judge(chain, exit, process.lastWords())
  } finally {
    await lease.release()
  }
}

function judge(chain: string, exit: ProcessExit, lastWords: string): 'restart' | 'down' {
  if (exit.code !== fatalExitCode || curableByWaiting.test(lastWords)) {
    log.warn({ chain }, `the indexer left (${describeExit(exit)}); restarting it`)
    return 'restart'
  }
  log.error(
    { chain },
    `the indexer of "${chain}" left with a fault that a restart does not cure and STAYS DOWN; all other chains go on. It said:\n${lastWords}`,
  )
  return 'down'
}

/** A chain that cannot be started is retried for ever, but the same complaint is made once, not every time. */
function complainOnce(chain: string): (error: Error, retryMilliseconds: number) => void {
  let last = ''
  return (error, retryMilliseconds) => {
    const message = (error as { shortMessage?: string }).shortMessage ?? error.message
    if (message === last) return
    last = message
    log.error(
      { chain },
      `cannot be indexed now: ${message} (trying again from ${retryMilliseconds / 1000} s to 30 s apart)`,
    )
  }
}
