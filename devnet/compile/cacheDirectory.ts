import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { projectRoot } from './projectRoot'

/** Thrown when compiled contracts cannot be kept. */
export class CacheNotWritableError extends Error {
  override readonly name = 'CacheNotWritableError'
  constructor(
    readonly directory: string,
    reason: string,
  ) {
    super(`Cannot write compiled contracts to ${directory} (${reason}): set CROSSMARGIN_CACHE_DIR to a writable folder`)
  }
}

/** `CROSSMARGIN_CACHE_DIR`, or `.cache/contracts` in the project; created when absent. */
export async function cacheDirectory(): Promise<string> {
  const directory = resolve(process.env.CROSSMARGIN_CACHE_DIR ?? join(projectRoot(), '.cache', 'contracts'))
  await mkdir(directory, { recursive: true }).catch((error: Error) => {
    throw new CacheNotWritableError(directory, error.message)
  })
  return directory
}
