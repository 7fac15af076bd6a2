import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startDatabase } from '../../../cli/database/startDatabase'

/** An embedded PostgreSQL in a folder of its own, gone after `stop()`. */
export async function startTestDatabase(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  // Directly under /tmp, which the database's own user can reach when the tests run as root.
  const folder = mkdtempSync(join('/tmp', 'crossmargin-test-'))
  const database = await startDatabase(folder)
  return {
    url: database.url,
    stop: async () => {
      await database.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
