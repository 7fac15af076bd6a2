import { OutOfRangeError } from '../../errors'
import { checkLength, checkSeries } from '../checks'
import { TooFewObservationsError } from '../errors'

/** A price that rises a million-fold within one interval is bad data. */
const LARGEST = 1e6

/**
 * Throws unless every asset has a series of simple returns in [−1, 10⁶] and all are of one length ≥ `atLeast`.
 *
 * @returns the common length
 */
export function checkReturns(returns: readonly ArrayLike<number>[], atLeast: number): number {
  const first = returns[0]
  if (first === undefined) throw new TooFewObservationsError('/returns', 0, 1)
  returns.forEach((series, asset) => {
    checkLength(`/returns/${asset}`, series, first.length)
    checkSeries(`/returns/${asset}`, series, atLeast, LARGEST)
    for (let t = 0; t < series.length; t += 1) {
      if (series[t]! < -1) throw new OutOfRangeError(`/returns/${asset}/${t}`, 'of at least −1')
    }
  })
  return first.length
}

/** As checkReturns, and throws OutOfRangeError for a total loss, which has no logarithm. */
export function checkFilterable(returns: readonly ArrayLike<number>[]): void {
  checkReturns(returns, 1)
  returns.forEach((series, asset) => {
    for (let t = 0; t < series.length; t += 1) {
      if (series[t] === -1) {
        throw new OutOfRangeError(`/returns/${asset}/${t}`, 'above −1, or leave the asset out of the filter')
      }
    }
  })
}
