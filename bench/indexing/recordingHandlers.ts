/** The product's handlers, recording how many rows each inserts and updates. */
import { writeFileSync } from 'node:fs'
import { handlers } from '../../src/protocols/handlers'
import { sourcesOf } from '../../src/protocols/sourcesOf'
import type { HandlerArguments, Store } from '../../src/runtime/facts'
import { indexer } from '../../src/runtime/indexer'
import type { WriteRecord } from './record'

type Registry = { readonly ponder: { on(name: string, handler: (args: HandlerArguments) => Promise<void>): void } }
type Count = { events: number; inserts: number; updates: number }

const { ponder }: Registry = await import('ponder:registry' as string)
const counts = new Map<string, Count>()
const { contracts, blocks } = sourcesOf(indexer.resolved)

for (const { name, handler } of handlers) {
  const [source, event] = name.split(':')
  if (!(source! in contracts || source! in blocks)) continue
  const count: Count = { events: 0, inserts: 0, updates: 0 }
  if (event !== 'setup') counts.set(name, count)
  ponder.on(name, async (args) => {
    count.events += 1
    await handler({
      ...args,
      context: { ...args.context, client: args.context.client, db: counting(args.context.db, count) },
    })
  })
}

/** A block's row is inserted by its first event only; the other attempts find it and write nothing. */
function counting(store: Store, count: Count): Store {
  return {
    find: (table, key) => store.find(table, key),
    update: (table, key) => {
      count.updates += 1
      return store.update(table, key)
    },
    insert: (table) => ({
      values: (row) => {
        const insertion = store.insert(table).values(row)
        const counted = Object.create(insertion) as typeof insertion
        counted.onConflictDoNothing = async () => {
          const inserted = await insertion.onConflictDoNothing()
          if (inserted !== null) count.inserts += 1
          return inserted
        }
        // biome-ignore lint/suspicious/noThenProperty: an insertion is awaited to be made, and so must its stand-in be.
        counted.then = (resolve, reject) => {
          count.inserts += 1
          return insertion.then(resolve, reject)
        }
        return counted
      },
    }),
  }
}

process.on('exit', () => {
  const record: WriteRecord = Object.fromEntries(
    [...counts].map(([name, { events, inserts, updates }]) => [
      name,
      { inserts: inserts / Math.max(events, 1), updates: updates / Math.max(events, 1) },
    ]),
  )
  writeFileSync(process.env.BENCH_RECORD!, JSON.stringify(record))
})
