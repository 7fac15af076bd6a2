import type { StartedConfig } from '../resolveChain'
import type { EntryKey } from './entries'

/**
 * Contracts of one kind are one source of Ponder's, which begins with the first of them, and so do all of them: what one that is said to begin later
 * had would be read at its own beginning, and its events from before would then be counted on top of that.
 * @returns the first block indexed of all contracts of a kind, never before the chain's own start; infinite where there are none.
 */
export function commonStart(config: StartedConfig, kind: EntryKey): number {
  const entries: readonly { readonly startBlock?: number | undefined }[] = config[kind]
  return Math.max(config.startBlock, Math.min(...entries.map(({ startBlock }) => startBlock ?? 0)))
}
