/** Writes the tables of docs/backtest.md: `npx tsx scripts/backtest/write.ts`. Takes minutes. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { acceptanceTable, backtestRows, methodsTable, regimesTable, replaceSection, resultsTable, SEED } from './table'

const SEEDS = 10
const file = join(import.meta.dirname, '../../docs/backtest.md')

const runs = Array.from({ length: SEEDS }, (_, index) => {
  process.stderr.write(`seed ${SEED + index} of ${SEED + SEEDS - 1}\n`)
  return backtestRows(SEED + index)
})
const sections = {
  regimes: regimesTable(),
  methods: methodsTable(),
  results: resultsTable(runs[0]!),
  acceptance: acceptanceTable(runs),
}
const written = Object.entries(sections).reduce(
  (text, [name, content]) => replaceSection(text, name, content),
  readFileSync(file, 'utf8'),
)
writeFileSync(file, written)
