import { OutOfRangeError } from '../../errors'
import { checkFinite, checkPositive, LARGEST } from '../checks'
import { TooFewObservationsError } from '../errors'

export interface PriceObservation {
  /** Unix seconds. */
  readonly at: number
  /** > 0. */
  readonly price: number
}

/**
 * The largest move, in absolute size, of the newest price against any price in force during the window before it. Comparing only with the
 * window's start would miss a fall that follows a rise.
 *
 * @param observations oldest first, times never decreasing; the last one is "now"
 * @param latencySeconds length of the window, > 0
 * @returns signed fraction; 0 when there is one observation; of two equally large moves the one from the older price
 * @throws TooFewObservationsError for none, BadTypeError, OutOfRangeError
 */
export function windowMove(observations: readonly PriceObservation[], latencySeconds: number): number {
  checkPositive('/latencySeconds', latencySeconds)
  const now = observations.at(-1)
  if (now === undefined) throw new TooFewObservationsError('/observations', 0, 1)
  const opens = now.at - latencySeconds
  let largest = 0
  observations.forEach(({ at, price }, i) => {
    checkFinite(`/observations/${i}/at`, at)
    checkPositive(`/observations/${i}/price`, price)
    const next = observations[i + 1]?.at ?? now.at
    if (next < at) throw new OutOfRangeError(`/observations/${i + 1}/at`, `of at least ${at}`)
    // The last price before the window was still in force when it opened.
    if (next <= opens) return
    const move = Math.min(LARGEST, now.price / price - 1)
    if (Math.abs(move) > Math.abs(largest)) largest = move
  })
  return largest
}
