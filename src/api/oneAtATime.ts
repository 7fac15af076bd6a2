/** So much is being computed already that another request would only make all of them later. */
export class BusyError extends Error {
  override readonly name = 'BusyError'
  constructor() {
    super('too many of these are being computed; try again')
  }
}

/**
 * Runs heavy work in turn, however many ask at once.
 * @param maxWaiting how many may wait for their turn; one more is refused with BusyError.
 */
export function oneAtATime(maxWaiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  let pending = 0
  return async (work) => {
    if (pending > maxWaiting) throw new BusyError()
    pending++
    const turn = last.then(work).finally(() => {
      pending--
    })
    last = turn.catch(() => undefined)
    return turn
  }
}
