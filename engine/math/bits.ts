/**
 * The bit pattern of one float64 through two views of the same eight bytes. Preallocated: the functions above it are
 * called millions of times and must not allocate.
 */
const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)

double[0] = 1
const HIGH = words[1] === 0 ? 0 : 1

/** Upper 32 bits: sign, 11 bits of exponent, 20 bits of mantissa. */
export function highWord(x: number): number {
  double[0] = x
  return words[HIGH]!
}

/** `x` with its upper 32 bits replaced. */
export function withHighWord(x: number, high: number): number {
  double[0] = x
  words[HIGH] = high
  return double[0]
}

/** `x` with the lower 32 bits of its pattern cleared: 20 bits of mantissa, so that its square is exact. */
export function withoutLowWord(x: number): number {
  double[0] = x
  words[1 - HIGH] = 0
  return double[0]
}

/** 2ⁿ for −1022 ≤ n ≤ 1023, exact. */
export function powerOfTwo(n: number): number {
  words[HIGH] = (n + 1023) << 20
  words[1 - HIGH] = 0
  return double[0]!
}
