import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../UsageError'

/**
 * The folder Ponder is started in: what it executes, built into one file per entry.
 * @param root the project.
 * @throws UsageError when it was not built.
 */
export function indexerProject(root: string): string {
  const folder = join(root, 'dist', 'indexer')
  if (!existsSync(join(folder, 'ponder.schema.ts'))) throw new UsageError(`${folder} is missing; run npm run build`)
  return folder
}
