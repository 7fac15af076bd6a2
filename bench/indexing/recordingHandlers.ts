/** The product's handlers, recording how many rows of which table each inserts and updates. */
import { writeFileSync } from 'node:fs'
import { getTableName, type Table } from 'drizzle-orm'
import { handlers } from '../../src/protocols/handlers'
import { sourcesOf } from '../../src/protocols/sourcesOf'
import type { HandlerArguments, Insertion, Row, Store } from '../../src/runtime/facts'
import { indexer } from '../../src/runtime/indexer'
import { toText } from './record'

type Registry = { readonly ponder: { on(name: string, handler: (args: HandlerArguments) => Promise<void>): void } }
type Count = { inserts: number; updates: number }

const { ponder }: Registry = await import('ponder:registry' as string)
const seen = new Map<string, { events: number; tables: Map<string, Count> }>()
const rows: Record<string, Row> = {}
const { contracts, blocks } = sourcesOf(indexer.resolved)

for (const { name, handler } of handlers) {
  const [source, event] = name.split(':')
  if (!(source! in contracts || source! in blocks)) continue
  const entry = { events: 0, tables: new Map<string, Count>() }
  if (event !== 'setup') seen.set(name, entry)
  ponder.on(name, async (args) => {
    entry.events += 1
    const { chain, client, db } = args.context
    await handler({ ...args, context: { chain, client, db: counting(db, entry.tables) } })
  })
}

function counting(store: Store, tables: Map<string, Count>): Store {
  const countOf = (table: object): Count => {
    const name = getTableName(table as Table)
    const count = tables.get(name) ?? { inserts: 0, updates: 0 }
    tables.set(name, count)
    return count
  }
  return {
    find: (table, key) => store.find(table, key),
    update: (table, key) => ({
      set: async (values) => {
        await store.update(table, key).set(values)
        countOf(table).updates += 1
      },
    }),
    insert: (table) => ({
      values: (row) => {
        rows[getTableName(table as Table)] ??= { ...row }
        const count = countOf(table)
        const insertion = store.insert(table).values(row)
        return {
          onConflictDoNothing: async () => {
            if ((await insertion.onConflictDoNothing()) !== null) count.inserts += 1
          },
          onConflictDoUpdate: async (set: (row: Row) => Row) => {
            let isUpdate = false
            await insertion.onConflictDoUpdate((previous) => {
              isUpdate = true
              return set(previous)
            })
            if (isUpdate) count.updates += 1
            else count.inserts += 1
          },
          // biome-ignore lint/suspicious/noThenProperty: an insertion is awaited to be made, and so must its stand-in be.
          then: (resolve, reject) => {
            count.inserts += 1
            return insertion.then(resolve, reject)
          },
        } as Insertion
      },
    }),
  }
}

process.on('exit', () => {
  const perEvent = Object.fromEntries(
    [...seen].map(([name, { events, tables }]) => [
      name,
      Object.fromEntries(
        [...tables].map(([table, count]) => [
          table,
          { inserts: count.inserts / events, updates: count.updates / events },
        ]),
      ),
    ]),
  )
  writeFileSync(process.env.BENCH_RECORD!, toText({ perEvent, rows }))
})
