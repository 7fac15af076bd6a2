import { highWord, withHighWord } from './bits'

const SQRT_2 = Math.SQRT2
const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
const TWO_POW_54 = 18014398509481984
const SMALLEST_NORMAL = 2.2250738585072014e-308

/**
 * Natural logarithm within 1 ulp: −Infinity at 0, NaN below 0, subnormals included. Never `Math.log`.
 *
 * x = 2^k·(1 + f) with 1 + f in [√½, √2], s = f ÷ (2 + f); then ln(1 + f) = 2·artanh(s) = f − f²/2 + s·(f²/2 + R) where
 * R = s²·Q(s²) and Q is the Chebyshev expansion of degree 7 of (2·artanh(s) − 2s) ÷ s³ (own fit, truncation 6e-20).
 */
export function log(x: number): number {
  if (!(x > 0) || x === Infinity) return x === 0 ? -Infinity : x === Infinity ? Infinity : Number.NaN
  const subnormal = x < SMALLEST_NORMAL
  const normal = subnormal ? x * TWO_POW_54 : x
  const high = highWord(normal)
  const fraction = withHighWord(normal, (high & 0xfffff) | 0x3ff00000)
  const above = fraction > SQRT_2
  const k = (high >>> 20) - 1023 + (above ? 1 : 0) - (subnormal ? 54 : 0)
  const f = (above ? fraction * 0.5 : fraction) - 1

  const s = f / (2 + f)
  const z = s * s
  let q = 0.13087358019991335
  q = q * z + 0.13268698800146927
  q = q * z + 0.1538624266836552
  q = q * z + 0.18181795581488394
  q = q * z + 0.22222222392309024
  q = q * z + 0.2857142857080074
  q = q * z + 0.40000000000000885
  q = q * z + 0.6666666666666666
  const halfSquare = 0.5 * f * f
  return k * LN2_HIGH - (halfSquare - (s * (halfSquare + z * q) + k * LN2_LOW) - f)
}
