/** Writes the built-in chain table and its document: `npx tsx scripts/chains/write.ts`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tableFiles } from './tableFiles'

for (const [file, text] of Object.entries(tableFiles())) writeFileSync(join(import.meta.dirname, '../..', file), text)
