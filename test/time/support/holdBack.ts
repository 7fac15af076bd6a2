import { setTimeout as delay } from 'node:timers/promises'
import type { Random } from '../../../devnet/random'

/** Stops one process after another for a random while, until aborted; none is left stopped. */
export async function holdBack(
  processes: () => readonly number[],
  random: Random,
  signal: AbortSignal,
): Promise<number> {
  let times = 0
  while (!signal.aborted) {
    const pid = random.pick(processes())
    process.kill(pid, 'SIGSTOP')
    await delay(random.integer(200, 1_200), undefined, { signal }).catch(() => undefined)
    process.kill(pid, 'SIGCONT')
    await delay(random.integer(100, 600), undefined, { signal }).catch(() => undefined)
    times++
  }
  return times
}
