import type { CreditTier } from '../types/parameters'

/**
 * What a size counts for under progressive tiers: every slice at its own ratio, like a progressive tax. Tiers rise by `upTo`,
 * `null` is without end, and what lies beyond the last one counts nothing. Ratios apply to positive sizes only; a
 * debt stays whole. (Bybit's published table counts 25 BTC as 23.8.)
 */
export function progressiveValue(size: number, tiers: readonly CreditTier[]): number {
  if (size <= 0) return size
  let from = 0
  let counted = 0
  for (const { upTo, ratio } of tiers) {
    const to = upTo === null ? size : Math.min(size, upTo)
    counted += Math.max(0, to - from) * ratio
    from = Math.max(from, to)
  }
  return counted
}
