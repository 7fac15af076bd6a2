import { log } from '../log'
import type { RunningIndexer } from '../processes/runFile'
import { dropReplaced } from './dropReplaced'
import { type Reindexed, type ReindexOptions, reindexChain } from './reindexChain'
import { type IndexerOptions, type SupervisedIndexer, superviseIndexer } from './superviseIndexer'

export interface ChainOptions extends Omit<IndexerOptions, 'onChange' | 'prepare' | 'accept'> {
  /** Told what runs for the chain now: one indexer, and a second one while the chain is indexed again. */
  readonly onChange: (running: readonly RunningIndexer[]) => void
}

export interface SupervisedChain {
  readonly chain: string
  /**
   * Indexes the chain again beside the schema that serves, and switches over (see `reindexChain`); the replaced schema is dropped afterwards. A second call waits for the first.
   * @throws as `reindexChain`.
   */
  reindex(options: ReindexOptions): Promise<Reindexed>
  stop(): Promise<void>
}

/** Keeps one chain indexed: one indexer all the time, and another one while the chain is indexed again. */
export function superviseChain(options: ChainOptions): SupervisedChain {
  const { chain } = options
  const stopping = new AbortController()
  const running = new Map<symbol, RunningIndexer>()
  /** What one indexer is started with; its news are told together with those of its twin. */
  const forOne = (): IndexerOptions => {
    const key = Symbol(chain)
    return {
      ...options,
      onChange: (indexer) => {
        if (indexer === undefined) running.delete(key)
        else running.set(key, indexer)
        options.onChange([...running.values()])
      },
    }
  }
  const tidy = () =>
    dropReplaced(options, chain, stopping.signal).catch((error) => {
      if (!stopping.signal.aborted) log.warn({ chain, err: error }, 'a replaced schema could not be dropped')
    })

  let serving: SupervisedIndexer = superviseIndexer(forOne())
  let busy: Promise<unknown> = tidy()

  const reindex = async (question: ReindexOptions): Promise<Reindexed> => {
    const isForked = question.distrust.kind === 'fork'
    // One that follows a dead fork would go on remembering it.
    if (isForked) await serving.stop()
    let successor: SupervisedIndexer | undefined
    try {
      const { outcome, indexer } = await reindexChain(forOne(), question, stopping.signal)
      successor = indexer
      return outcome
    } finally {
      const replaced = serving
      if (successor !== undefined) serving = successor
      else if (isForked && !stopping.signal.aborted) serving = superviseIndexer(forOne())
      if (serving !== replaced) await replaced.stop()
      await tidy()
    }
  }

  return {
    chain,
    reindex(question) {
      const next = busy.then(() => reindex(question))
      busy = next.catch(() => undefined)
      return next
    },
    async stop() {
      stopping.abort()
      await Promise.all([busy, serving.stop()])
      await serving.stop()
    },
  }
}
