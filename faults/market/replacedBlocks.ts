import type { Hash } from 'viem'

/** Blocks that were taken off a chain, and when. An answer may rest on one for as long as it takes to notice, and no longer. */
export class ReplacedBlocks {
  private readonly replacedAt = new Map<string, number>()

  note(hashes: readonly Hash[]): void {
    for (const hash of hashes) this.replacedAt.set(hash, Date.now())
  }

  /** Milliseconds by the wall clock; `null` for a block that never was. */
  when(hash: string): number | null {
    return this.replacedAt.get(hash) ?? null
  }
}
