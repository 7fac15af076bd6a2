import { setTimeout as sleep } from 'node:timers/promises'

/** Waits for a condition, looking often; fails with `what` when it does not come. */
export async function until(what: string, condition: () => unknown, milliseconds = 10_000): Promise<void> {
  for (const deadline = Date.now() + milliseconds; !(await condition()); await sleep(25)) {
    if (Date.now() > deadline) throw new Error(`waited ${milliseconds} ms for ${what}`)
  }
}
