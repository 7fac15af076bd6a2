import { setTimeout as delay } from 'node:timers/promises'

/** Thrown when a condition does not come true in time; carries what was seen last. */
export class StillWaitingError extends Error {
  override readonly name = 'StillWaitingError'
  constructor(what: string, seconds: number, last: unknown) {
    super(
      `${what} did not happen within ${seconds} s; last seen: ${last instanceof Error ? last.message : JSON.stringify(last)?.slice(0, 600)}`,
    )
  }
}

/** Asks again and again until the answer satisfies the condition; errors of the question count as not yet. */
export async function until<T>(
  what: string,
  seconds: number,
  question: () => Promise<T>,
  holds: (answer: T) => boolean,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000
  let last: unknown = 'nothing'
  while (Date.now() < deadline) {
    try {
      const answer = await question()
      if (holds(answer)) return answer
      last = answer
    } catch (error) {
      last = error
    }
    await delay(100)
  }
  throw new StillWaitingError(what, seconds, last)
}
