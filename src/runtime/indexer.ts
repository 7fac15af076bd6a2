/** What this Ponder process indexes: one chain, described by the file the supervisor wrote for it. */
import { readFileSync } from 'node:fs'
import type { ChainConfig } from '../../config/schema'
import type { ResolvedChain } from '../resolveChain'

export type Indexer = { readonly name: string; readonly config: ChainConfig; readonly resolved: ResolvedChain }

/** The indexer was started without a usable description of its chain. */
export class IndexerDescriptionError extends Error {
  override readonly name = 'IndexerDescriptionError'
}

export const indexer: Indexer = readIndexer(process.env.CROSSMARGIN_INDEXER)

function readIndexer(file: string | undefined): Indexer {
  if (file === undefined)
    throw new IndexerDescriptionError(
      'CROSSMARGIN_INDEXER is not set. Indexers are started by `crossmargin start` or `crossmargin indexer --chain NAME`, which write that file and name it here.',
    )
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new IndexerDescriptionError(`CROSSMARGIN_INDEXER names ${file}, which cannot be read: ${String(error)}`)
  }
}
