import { log } from '../log'
import { endProcess } from './endProcess'
import { commandLineOf, isAlive } from './processInfo'
import { readRunFile } from './runFile'

/**
 * Ends what an earlier supervisor of this data directory left running. Their guards do that within seconds; this covers a guard
 * that was killed too. A process is only touched when its command line still names what the run file says it was.
 * The database's leftovers are its own matter (`endLeftoverServer`).
 */
export async function endLeftovers(dataDirectory: string): Promise<void> {
  const run = readRunFile(dataDirectory)
  if (run === undefined) return
  const suspects = run.indexers.map(({ pid, schema }) => ({ pid, mark: schema }))
  if (run.api !== null) suspects.push({ pid: run.api.pid, mark: 'api.js' })
  const left = suspects.filter(({ pid, mark }) => isAlive(pid) && commandLineOf(pid).includes(mark))
  await Promise.all(
    left.map(({ pid, mark }) => {
      log.warn({ pid }, `ending a process left by an earlier run (${mark})`)
      return endProcess(pid, 'SIGTERM', 2_000)
    }),
  )
}
