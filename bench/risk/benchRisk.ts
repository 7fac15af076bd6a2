import pg from 'pg'
import { approve } from '../../devnet/operations/approve'
import { borrow } from '../../devnet/operations/borrow'
import { mintTokens } from '../../devnet/operations/mintTokens'
import { supply } from '../../devnet/operations/supply'
import type { DevnetChain } from '../../devnet/types'
import { openDatabase } from '../../src/api/read/database'
import { createService } from '../../src/api/service'
import { median } from '../median'
import { startIndexed } from '../startIndexed'
import type { BenchRow } from '../types'
import { growBook } from './growBook'

const account = '0x00000000000000000000000000000000b00c07e1'
const ACCOUNTS = 20_000
const ROUNDS = 5
/** Adding a book up may take this many times as long as reading its rows and doing nothing with them. */
const BAR = 1 / 6

/** Seconds to add up a book of many accounts, against one bare statement that reads the same rows. */
export async function benchRisk(log: (line: string) => void): Promise<readonly BenchRow[]> {
  log('indexing a chain …')
  const indexed = await startIndexed(prepare)
  const client = new pg.Client({ connectionString: indexed.database.url })
  const database = openDatabase(indexed.database.url)
  try {
    await client.connect()
    await indexed.stopIndexing()
    log(`growing the book by ${ACCOUNTS} accounts …`)
    await growBook(client, { schema: indexed.schema, account, accounts: ACCOUNTS })
    // A new one each round: a service adds up the book of a cut once.
    const newService = () =>
      createService({ config: indexed.config, database, rpc: { of: () => ({ reachable: false, head: null }) } })
    const milliseconds = { book: [] as number[], bare: [] as number[] }
    let accounts = 0
    for (let round = 0; round <= ROUNDS; round++) {
      const book = await timed(() => newService().book('latest', null))
      const bare = await timed(() => readBare(client, indexed.schema, indexed.devnet.chain('alpha').chainId))
      accounts = book.result.axes.account.size
      // The first round warms caches up.
      if (round > 0) {
        milliseconds.book.push(book.milliseconds)
        milliseconds.bare.push(bare.milliseconds)
      }
    }
    const [book, bare] = [median(milliseconds.book), median(milliseconds.bare)]
    const perThousand = (total: number) => (total / accounts) * 1_000
    log(
      `${accounts} accounts in ${book.toFixed(0)} ms, ${perThousand(book).toFixed(1)} ms per 1,000; bare statement ${perThousand(bare).toFixed(1)} ms per 1,000`,
    )
    return [
      { metric: 'bare-sql/book-ms-per-1000-accounts', value: perThousand(bare), anchor: perThousand(book), bar: BAR },
      { metric: 'accounts-in-book', value: accounts, anchor: ACCOUNTS, bar: 1 },
    ]
  } finally {
    await database.close()
    await client.end()
    await indexed.stop()
  }
}

/** Every position and every lending account as it stood last, in one statement each, with nothing done to them. */
async function readBare(client: pg.Client, schema: string, chainId: number): Promise<void> {
  const last = (table: string, key: readonly string[]) => `
    SELECT v.* FROM (SELECT * FROM "${schema}"."${table}" WHERE chain_id = ${chainId}) k
    CROSS JOIN LATERAL (
      SELECT * FROM "${schema}"."${table}_history" h
      WHERE h.chain_id = ${chainId} AND ${key.map((part) => `h.${part} = k.${part}`).join(' AND ')}
      ORDER BY h.block_number DESC LIMIT 1
    ) v`
  await client.query(last('position', ['account', 'protocol', 'market', 'side']))
  await client.query(last('lending_account', ['account', 'protocol', 'unit']))
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly milliseconds: number }> {
  const begin = performance.now()
  const result = await work()
  return { result, milliseconds: performance.now() - begin }
}

async function prepare(chain: DevnetChain): Promise<void> {
  const { tokens, aave } = chain.contracts
  await chain.client.setBalance({ address: account, value: 10n ** 20n })
  await chain.send(mintTokens(tokens.USDC, account, 10n ** 12n))
  await chain.send(approve(tokens.USDC, account, aave!.pool.address))
  await chain.send(supply(aave!, { account, asset: 'USDC', amount: 10n ** 11n }))
  await chain.send(borrow(aave!, { account, asset: 'USDC', amount: 10n ** 10n }))
  await chain.mine()
}
