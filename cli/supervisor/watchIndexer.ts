import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { ChainConfig } from '../../config/schema'
import { log } from '../log'
import { chainClient } from './chainClient'
import { liveSchema, makeLive } from './deployments'
import { indexedBlock } from './indexedBlock'
import { untilAborted } from './untilAborted'

export type WatchOptions = {
  readonly pool: pg.Pool
  readonly chain: string
  readonly config: ChainConfig
  readonly schema: string
  readonly port: number
  /** Aborts when the indexer's process ends. */
  readonly signal: AbortSignal
  /** Asked before the schema begins to serve; without it whatever is ready may. */
  readonly accept?: ((schema: string, signal: AbortSignal) => Promise<boolean>) | undefined
  /** Called when it may not. */
  readonly onRefused: () => void
  readonly onReady: () => void
  /** Called once when the indexer has stood still although its RPC moves on. */
  readonly onStalled: () => void
}

const readyPollMilliseconds = 250
const lagPollMilliseconds = 5_000
/** By then its chain is out of every cut, so that a restart costs nothing; Ponder would go on asking for a block that is gone for a minute. */
const shortestStallSeconds = 20

/**
 * Makes the schema live when its indexer is ready for the first time, then compares what is indexed with the RPC's head for as long
 * as the indexer runs. Ponder's own readiness is asked once only: it never takes it back.
 */
export async function watchIndexer(options: WatchOptions): Promise<void> {
  const { pool, chain, schema, signal, accept } = options
  while (!signal.aborted && !(await isReady(options.port, signal))) await pause(readyPollMilliseconds, signal)
  if (signal.aborted) return
  if (accept !== undefined && (await liveSchema(pool, chain)) !== schema) {
    const isAccepted = await untilAborted(accept(schema, signal), signal).catch(() => false)
    if (signal.aborted) return
    if (!isAccepted) {
      options.onRefused()
      return
    }
  }
  if (await makeLive(pool, chain, schema)) log.info({ chain, schema }, 'indexed and live')
  else log.info({ chain }, 'indexing again')
  options.onReady()
  await watchLag(options)
}

async function watchLag({ pool, chain, config, schema, signal, onStalled }: WatchOptions): Promise<void> {
  const client = chainClient(config, { timeoutMilliseconds: 4_000 })
  const stallSeconds = Math.max(shortestStallSeconds, config.maxLagSeconds)
  let indexed = -1n
  let movedAt = Date.now()
  let late = false
  for (; !signal.aborted; await pause(lagPollMilliseconds, signal)) {
    const [head, now] = await Promise.all([
      client.getBlockNumber({ cacheTime: 0 }).catch(() => undefined),
      indexedBlock(pool, schema, config.chainId).catch(() => undefined),
    ])
    if (now === undefined) continue
    // An RPC that is dead or has nothing new is no fault of the indexer.
    if (now !== indexed || head === undefined || head <= now) movedAt = Date.now()
    indexed = now
    const seconds = (Date.now() - movedAt) / 1000
    if (seconds > config.maxLagSeconds !== late) {
      late = !late
      const heights = { head: String(head), indexed: String(now) }
      if (late)
        log.warn({ chain, ...heights }, `not indexing although the chain moves on, for ${Math.round(seconds)} s`)
      else log.info({ chain, ...heights }, 'indexing again')
    }
    if (seconds > stallSeconds) {
      onStalled()
      return
    }
  }
}

async function isReady(port: number, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/ready`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]),
    })
    await response.arrayBuffer()
    return response.status === 200
  } catch {
    return false
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined)
}
