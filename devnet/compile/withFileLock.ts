import { open, readFile, rm, stat } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * Runs `task` while holding `path` as a lock between processes. A lock whose owner has died is taken over, so a killed
 * compilation never blocks the next one.
 */
export async function withFileLock<T>(path: string, task: () => Promise<T>): Promise<T> {
  while (!(await tryLock(path))) await delay(200)
  try {
    return await task()
  } finally {
    await rm(path, { force: true })
  }
}

async function tryLock(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx')
    await file.writeFile(String(process.pid))
    await file.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    if (await isAbandoned(path)) await rm(path, { force: true })
    return false
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    const owner = Number(await readFile(path, 'utf8'))
    if (owner > 0) return !isRunning(owner)
    // Killed between creating the lock and signing it.
    return Date.now() - (await stat(path)).mtimeMs > 5_000
  } catch {
    return false
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
