/**
 * GARCH(1,1) returns with ω 0.05, α 0.1, β 0.85 whose noise is the sum of twelve Lehmer numbers: only operations that round the same in every language, so
 * that other software can be asked about the very same series.
 */
export function deterministicReturns(count: number): number[] {
  let state = 12345
  let variance = 1
  let last = 0
  return Array.from({ length: count }, (_, t) => {
    let noise = -6
    for (let k = 0; k < 12; k += 1) {
      state = (16807 * state) % 2147483647
      noise += state / 2147483647
    }
    if (t > 0) variance = 0.05 + 0.1 * last * last + 0.85 * variance
    last = Math.sqrt(variance) * noise
    return last
  })
}
