import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { ChainConfig } from '../../config/schema'
import { chainClient } from './chainClient'
import { indexedBlock } from './indexedBlock'

const pollMilliseconds = 500

/** Waits until a schema holds the block that is the chain's newest now: an indexer calls itself ready some blocks before. Ends early when `signal` aborts. */
export async function untilCaughtUp(
  pool: pg.Pool,
  schema: string,
  config: ChainConfig,
  signal: AbortSignal,
): Promise<void> {
  const client = chainClient(config)
  let head: bigint | undefined
  for (; !signal.aborted; await sleep(pollMilliseconds, undefined, { signal }).catch(() => undefined)) {
    head ??= await client.getBlockNumber({ cacheTime: 0 }).catch(() => undefined)
    const indexed = await indexedBlock(pool, schema, config.chainId).catch(() => -1n)
    if (head !== undefined && indexed >= head) return
  }
}
