import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json, ponder.config.ts and src/, from the sources as well as from a bundle in dist/. */
export function projectRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'ponder.schema.ts'))) return folder
    if (folder === dirname(folder)) throw new Error('ponder.schema.ts was not found in any folder above this program')
  }
}
