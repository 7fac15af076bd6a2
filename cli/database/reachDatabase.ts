import { DirectoryInUseError, lockDirectory } from '../processes/lockDirectory'
import { readRunFile } from '../processes/runFile'
import type { Settings } from '../settings'
import { startDatabase } from './startDatabase'

export type ReachedDatabase = {
  /** Named by the configuration, the embedded one of a running product, or the embedded one started here. */
  readonly kind: 'configured' | 'running' | 'started'
  readonly url: string
  /** Stops what was started here, and nothing else. */
  stop(): Promise<void>
}

const nothingToStop = async () => undefined

/**
 * The database the product uses, whether or not the product runs. Nobody has connected to it yet.
 * @throws DirectoryInUseError while a product is starting or stopping, DatabaseError when the embedded one does not start.
 */
export async function reachDatabase({
  databaseUrl,
  dataDirectory,
}: Pick<Settings, 'databaseUrl' | 'dataDirectory'>): Promise<ReachedDatabase> {
  if (databaseUrl !== undefined) return { kind: 'configured', url: databaseUrl, stop: nothingToStop }
  let unlock: () => void
  try {
    unlock = lockDirectory(dataDirectory)
  } catch (error) {
    const url = readRunFile(dataDirectory)?.database?.url
    if (error instanceof DirectoryInUseError && url !== undefined) return { kind: 'running', url, stop: nothingToStop }
    throw error
  }
  try {
    const database = await startDatabase(dataDirectory)
    const stop = () => database.stop().finally(unlock)
    return { kind: 'started', url: database.url, stop }
  } catch (error) {
    unlock()
    throw error
  }
}
