/** What is left of a handler when it only writes: as many rows of the same tables as the product's, without reading or deciding anything. */
import { readFileSync } from 'node:fs'
import { getTableName, isTable, type Table } from 'drizzle-orm'
import * as schema from '../../ponder.schema'
import type { HandlerArguments, Row, Store } from '../../src/runtime/facts'
import { fromText } from './record'

type Registry = { readonly ponder: { on(name: string, handler: (args: HandlerArguments) => Promise<void>): void } }

const { ponder }: Registry = await import('ponder:registry' as string)
const { perEvent, rows } = fromText(readFileSync(process.env.BENCH_RECORD!, 'utf8'))
const tables = new Map<string, Table>(
  Object.values(schema)
    .filter(isTable)
    .map((table) => [getTableName(table), table]),
)

/** Rows there are to update in each table. */
const STANDING_ROWS = 100
let written = 0

/** The recorded row under a chain id of its own, which is part of every key. */
const rowOf = (table: string, chainId: number): Row => ({ ...rows[table], chainId })

async function fill(store: Store): Promise<void> {
  for (const [name, table] of tables) {
    if (rows[name] === undefined) continue
    for (let index = 0; index < STANDING_ROWS; index++) await store.insert(table).values(rowOf(name, -1 - index))
  }
}

ponder.on('AaveV3Pool:setup', ({ context }) => fill(context.db))
for (const [event, writes] of Object.entries(perEvent)) {
  const due = Object.entries(writes).map(([name, average]) => ({ name, average, inserts: 0, updates: 0 }))
  ponder.on(event, async ({ event: { block }, context: { db } }) => {
    for (const entry of due) {
      const table = tables.get(entry.name)!
      for (entry.inserts += entry.average.inserts; entry.inserts >= 1; entry.inserts--) {
        await db.insert(table).values(rowOf(entry.name, ++written))
      }
      for (entry.updates += entry.average.updates; entry.updates >= 1; entry.updates--) {
        const key = rowOf(entry.name, -1 - (++written % STANDING_ROWS))
        await db.update(table, key).set({ blockTimestamp: block.timestamp })
      }
    }
  })
}
