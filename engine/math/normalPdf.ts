import { withoutLowWord } from './bits'
import { expOfSum } from './exp'

const INVERSE_SQRT_TWO_PI = 0.3989422804014327
/** φ(39) is below the smallest float64; clamping keeps the square finite. */
const FURTHEST = 40

/**
 * φ(x) = e^(−x²/2) ÷ √(2π), relative error below 4e-16 also far out: x² is split into an exact square and a
 * remainder, because the rounding error of x² alone would be amplified by x².
 */
export function normalPdf(x: number): number {
  const distance = Math.abs(x)
  const a = Math.min(distance, FURTHEST)
  const head = withoutLowWord(a)
  return INVERSE_SQRT_TWO_PI * expOfSum(-0.5 * head * head, -0.5 * (a - head) * (a + head))
}
