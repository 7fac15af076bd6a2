/** What is left of a handler when it only writes: as many rows as the product's does on average, without reading or deciding anything. */
import { readFileSync } from 'node:fs'
import type { HandlerArguments, Store } from '../../src/runtime/facts'
import { bareCurrent, bareHistory } from './bareSchema'
import type { WriteRecord } from './record'

type Registry = { readonly ponder: { on(name: string, handler: (args: HandlerArguments) => Promise<void>): void } }

const { ponder }: Registry = await import('ponder:registry' as string)
const record: WriteRecord = JSON.parse(readFileSync(process.env.BENCH_RECORD!, 'utf8'))

const CURRENT_ROWS = 300
const filler = {
  protocol: 'aave-v3',
  market: `0x${'1'.repeat(40)}:0x${'2'.repeat(40)}`,
  account: `0x${'3'.repeat(40)}`,
  side: 'supply',
  raw: 10n ** 20n,
}
let inserted = 0
let updated = 0

async function fill(store: Store): Promise<void> {
  for (let id = 0; id < CURRENT_ROWS; id++) {
    await store.insert(bareCurrent).values({ id, blockNumber: 0n, blockTimestamp: 0n, ...filler })
  }
}

ponder.on('AaveV3Pool:setup', ({ context }) => fill(context.db))
for (const [name, { inserts, updates }] of Object.entries(record)) {
  let insertsDue = 0
  let updatesDue = 0
  ponder.on(name, async ({ event, context: { db } }) => {
    const stamp = { blockNumber: event.block.number, blockTimestamp: event.block.timestamp }
    for (insertsDue += inserts; insertsDue >= 1; insertsDue--) {
      await db.insert(bareHistory).values({ id: inserted++, ...stamp, ...filler })
    }
    for (updatesDue += updates; updatesDue >= 1; updatesDue--) {
      await db.update(bareCurrent, { id: updated++ % CURRENT_ROWS }).set({ ...stamp, raw: BigInt(updated) })
    }
  })
}
