/** Writes the worked example of docs/methodology.md: `npx tsx scripts/golden/writeExample.ts`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exampleSection } from './exampleSection'
import { insertExample } from './insertExample'

const root = join(import.meta.dirname, '../..')
const page = join(root, 'docs/methodology.md')
const cases = JSON.parse(readFileSync(join(root, 'test/golden/cases.json'), 'utf8'))
writeFileSync(page, insertExample(readFileSync(page, 'utf8'), exampleSection(cases)))
