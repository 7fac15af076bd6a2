import type { FigurePair } from './pairFigures'
import type { VectorResult } from './vectorResult'

/** Largest relative difference of a figure, whatever its size. */
const RELATIVE = 1e-7

/** Float64 noise of one figure, relative to the largest figure of its case: a small P&L is a difference of large values. */
const NOISE = 1e-14

/** |a − b| / max(1, |b|); Infinity when a figure is missing. */
export function gapOf({ actual, expected }: FigurePair): number {
  const gap = Math.abs(actual - expected) / Math.max(1, Math.abs(expected))
  return Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap
}

/**
 * Judges one case by its expected figures. The gap alone cannot see a wrong figure much smaller than 1, so every figure must also
 * agree relatively, save for float64 noise at the scale of the case.
 *
 * @param given largest input that the figures are differences of, where they alone do not show the scale
 */
export function judge(id: string, pairs: readonly FigurePair[], tolerance: number, given = 0): VectorResult {
  if (pairs.length === 0) return skip(id, tolerance, 'no expected figure')
  const gap = pairs.reduce((worst, pair) => Math.max(worst, gapOf(pair)), 0)
  const scale = pairs.reduce((largest, { expected }) => Math.max(largest, Math.abs(expected)), given)
  const agrees = ({ actual, expected }: FigurePair) => {
    const difference = Math.abs(actual - expected)
    return difference <= RELATIVE * Math.abs(expected) || difference <= NOISE * Math.max(1e-3, scale)
  }
  const differing = pairs.find((pair) => gapOf(pair) > tolerance || !agrees(pair))
  if (differing === undefined) return { id, gap, tolerance, status: 'passed' }
  const { pointer, actual, expected } = differing
  return { id, gap, tolerance, status: 'failed', detail: `${pointer} is ${actual} instead of ${expected}` }
}

/** A case that cannot be checked, and why. */
export function skip(id: string, tolerance: number, detail: string): VectorResult {
  return { id, gap: 0, tolerance, status: 'skipped', detail }
}

/** A case whose evaluation ended in an error. */
export function broken(id: string, tolerance: number, error: unknown): VectorResult {
  const detail = error instanceof Error ? error.message : String(error)
  return { id, gap: Number.POSITIVE_INFINITY, tolerance, status: 'failed', detail }
}
