import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../UsageError'
import { commandLineOf, isAlive, startTimeOf } from './processInfo'

/** Another supervisor works in this data directory. */
export class DirectoryInUseError extends UsageError {
  override readonly name = 'DirectoryInUseError'
  constructor(
    readonly directory: string,
    readonly pid: number,
  ) {
    super(
      `the data directory ${directory} is in use by process ${pid} (${commandLineOf(pid) || 'unknown'}); ` +
        'stop that process or set CROSSMARGIN_DATA_DIR to another folder',
    )
  }
}

type Holder = { readonly pid: number; readonly startTime: string }

/**
 * Takes a data directory for this process until the returned function is called. A lock whose process is gone is taken over.
 * @throws DirectoryInUseError when a living process holds it.
 */
export function lockDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true, mode: 0o755 })
  const lock = join(directory, 'supervisor.lock')
  const own = join(directory, `supervisor.lock.${process.pid}`)
  const holder: Holder = { pid: process.pid, startTime: startTimeOf(process.pid) }
  writeFileSync(own, JSON.stringify(holder))
  try {
    for (;;) {
      try {
        // A hard link either takes the name whole or fails: no half-written lock, no two holders.
        linkSync(own, lock)
        return () => rmSync(lock, { force: true })
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const other = readHolder(lock)
      if (other !== undefined && isHeld(other)) throw new DirectoryInUseError(directory, other.pid)
      // Moved aside under our own name first: of two processes that find the same dead lock only one can move it.
      const aside = `${own}.dead`
      try {
        renameSync(lock, aside)
        rmSync(aside, { force: true })
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      }
    }
  } finally {
    rmSync(own, { force: true })
  }
}

function readHolder(lock: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(lock, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

function isHeld({ pid, startTime }: Holder): boolean {
  return isAlive(pid) && startTimeOf(pid) === startTime
}
