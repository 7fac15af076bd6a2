import { forgetRead } from '../../hydration/hydrationStore'
import { liveSchema } from './deployments'
import { prepareReplacement } from './prepareDeployment'
import { purgeChainCache } from './purgeChainCache'
import { type IndexerOptions, type SupervisedIndexer, superviseIndexer } from './superviseIndexer'
import { untilAborted } from './untilAborted'
import { untilCaughtUp } from './untilCaughtUp'

export interface ReindexOptions {
  /**
   * What of Ponder's memory of the chain is not believed: nothing (our rows alone are wrong), everything from the first block of a dead fork on, or all of it (a node
   * once left something out).
   */
  readonly distrust:
    | { readonly kind: 'nothing' }
    | { readonly kind: 'fork'; readonly fromBlock: bigint }
    | { readonly kind: 'everything' }
  /** Asked once the new schema has caught up with the chain: whether it may take the place of the serving one. */
  readonly accept: (schema: string, signal: AbortSignal) => Promise<boolean>
}

export type Reindexed =
  | { readonly kind: 'switched'; readonly schema: string }
  | { readonly kind: 'failed'; readonly reason: string }

/**
 * Indexes a chain again beside the schema that serves, which stays readable meanwhile, and in one step makes the new one serve once it has caught up and is accepted. A half-built
 * schema is never read.
 * @returns the outcome, and after a switch the indexer of the new schema, which runs on; otherwise nothing of it runs any more.
 * @throws a viem error when the chain must be read again and does not answer; WrongChainError.
 */
export async function reindexChain(
  options: IndexerOptions,
  { distrust, accept }: ReindexOptions,
  stopping: AbortSignal,
): Promise<{ readonly outcome: Reindexed; readonly indexer?: SupervisedIndexer }> {
  const { pool, chain, config } = options
  const failed = (reason: string) => ({ outcome: { kind: 'failed', reason } as const })
  const replaced = await liveSchema(pool, chain)
  if (replaced === undefined) return failed('nothing serves yet that could be replaced')
  const preparing = prepareReplacement(pool, chain, config, replaced, distrust.kind !== 'nothing')
  const deployment = await untilAborted(preparing, stopping)
  if (distrust.kind !== 'nothing')
    await purgeChainCache(pool, config.chainId, distrust.kind === 'fork' ? distrust.fromBlock : 0n)
  // What was read beside the index may be what disagrees.
  await forgetRead(pool, config.chainId)
  if (stopping.aborted) return failed(reasons.stopped)

  const { promise: live, resolve } = promiseOfLive()
  const indexer = superviseIndexer({
    ...options,
    prepare: async () => deployment,
    accept: async (schema, signal) => {
      await untilCaughtUp(pool, schema, config, signal)
      return !signal.aborted && (await accept(schema, signal))
    },
    onReady: (schema) => {
      options.onReady?.(schema)
      resolve('live')
    },
  })
  const stop = () => void indexer.stop()
  stopping.addEventListener('abort', stop)
  const ending = await Promise.race([live, indexer.ended])
  stopping.removeEventListener('abort', stop)
  if (ending === 'live') return { outcome: { kind: 'switched', schema: deployment.schema }, indexer }
  return failed(reasons[ending])
}

const reasons = {
  refused: 'what was indexed again does not agree with the chain either',
  down: 'its indexer left with a fault that a restart does not cure',
  stopped: 'it was stopped',
} as const

function promiseOfLive() {
  let resolve!: (word: 'live') => void
  const promise = new Promise<'live'>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
