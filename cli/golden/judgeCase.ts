import type { GoldenFigure } from './marginFigures'

/** Largest gap at which a figure counts as matched. */
export const GOLDEN_TOLERANCE = 1e-12

/** A figure smaller than this part of its whole is compared as if it were that large: it is the difference of larger ones. */
const SMALLEST_PART = 1e-3

export interface Judgement {
  /** Worst gap; Infinity where a figure is missing or a word differs. */
  readonly gap: number
  /** Figures whose gap is above the tolerance. */
  readonly failures: readonly string[]
}

/** |actual − expected| ÷ max(|expected|, whole ÷ 1000). */
function gapOf({ actual, expected, whole }: GoldenFigure): number {
  const distance = Math.abs(actual - expected)
  if (distance === 0) return 0
  const gap = distance / Math.max(Math.abs(expected), whole * SMALLEST_PART)
  return Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap
}

/** The worst gap of a case, and every figure whose gap is above the tolerance. */
export function judgeCase(figures: readonly GoldenFigure[]): Judgement {
  const failures = figures
    .filter((figure) => gapOf(figure) > GOLDEN_TOLERANCE)
    .map(({ pointer, actual, expected }) => `${pointer}: ${actual}, expected ${expected}`)
  return { gap: figures.reduce((worst, figure) => Math.max(worst, gapOf(figure)), 0), failures }
}
