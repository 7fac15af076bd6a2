import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { log } from '../log'
import { endProcess } from '../processes/endProcess'
import { commandLineOf, isAlive } from '../processes/processInfo'

/**
 * Clears what an earlier server of this data folder left: ends it when it still runs (its supervisor was killed), and removes a
 * postmaster.pid whose process is gone or is by now something else, over which PostgreSQL would refuse to start.
 * Only to be called by the holder of the data directory's lock.
 */
export async function endLeftoverServer(data: string): Promise<void> {
  const pidFile = join(data, 'postmaster.pid')
  let pid: number
  try {
    pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  } catch {
    return
  }
  if (Number.isInteger(pid) && isAlive(pid) && commandLineOf(pid).includes(data)) {
    log.warn({ part: 'database', pid }, 'ending a PostgreSQL left by an earlier run')
    await endProcess(pid, 'SIGINT', 4_000)
  }
  rmSync(pidFile, { force: true })
}
