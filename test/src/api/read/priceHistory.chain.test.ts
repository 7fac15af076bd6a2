import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../../../devnet/random'
import { type Database, openDatabase } from '../../../../src/api/read/database'
import { createPriceHistory, type PriceHistory } from '../../../../src/api/read/priceHistory/createPriceHistory'
import { startTestDatabase } from '../../../src/support/startTestDatabase'

const day = 86_400
const firstDay = 20_000
const feeds = ['0xa', '0xb']

interface Block {
  readonly number: number
  readonly hash: string
  readonly timestamp: number
  /** The answer of each feed that had one in the block. */
  readonly answers: ReadonlyMap<string, number>
}

describe('past prices', () => {
  let postgres: Awaited<ReturnType<typeof startTestDatabase>>
  let client: pg.Client
  let database: Database

  beforeAll(async () => {
    postgres = await startTestDatabase()
    client = new pg.Client({ connectionString: postgres.url })
    await client.connect()
    database = openDatabase(postgres.url)
    await client.query(`CREATE SCHEMA facts;
      CREATE TABLE facts.block (chain_id integer, number numeric(78), hash text, timestamp numeric(78), PRIMARY KEY (chain_id, number));
      CREATE TABLE facts.price_history (chain_id integer, feed text, block_number numeric(78), block_timestamp numeric(78),
        answer numeric(78), updated_at numeric(78), PRIMARY KEY (chain_id, feed, block_number));`)
  })
  afterAll(async () => {
    await database?.close()
    await client?.end()
    await postgres?.stop()
  })

  const write = async ({ number, hash, timestamp, answers }: Block) => {
    await client.query('INSERT INTO facts.block VALUES (1, $1, $2, $3)', [number, hash, timestamp])
    for (const [feed, answer] of answers)
      await client.query('INSERT INTO facts.price_history VALUES (1, $1, $2, $3, $4, $3)', [
        feed,
        number,
        timestamp,
        answer,
      ])
  }
  const forget = (from: number) =>
    client.query(
      `DELETE FROM facts.block WHERE number >= ${from}; DELETE FROM facts.price_history WHERE block_number >= ${from}`,
    )
  const read = (history: PriceHistory, cut: Block, time = cut.timestamp) =>
    database.snapshot((snapshot) =>
      history(snapshot, {
        schema: 'facts',
        chainId: 1,
        blockNumber: String(cut.number),
        blockHash: cut.hash,
        time,
        feeds,
        span: { days: 5, answersSeconds: 100_000 },
      }),
    )

  /** The same by the definition, from the list of blocks. */
  const expected = (blocks: readonly Block[], cut: Block, time = cut.timestamp) => {
    const seen = blocks.filter(({ number }) => number <= cut.number)
    const last = Math.floor(time / day)
    const begins = Math.floor((time - 100_000) / day)
    return feeds.map((feed) => ({
      feed,
      closes: Array.from({ length: 5 }, (_, index) => last - 4 + index).flatMap((midnight) => {
        const before = seen.filter(({ timestamp, answers }) => timestamp <= midnight * day && answers.has(feed)).at(-1)
        return before === undefined ? [] : [[midnight, before.timestamp, String(before.answers.get(feed))]]
      }),
      answers: seen
        .filter(({ timestamp, answers }) => answers.has(feed) && timestamp > begins * day)
        .map(({ timestamp, answers }) => [timestamp, timestamp, String(answers.get(feed))]),
    }))
  }

  it('are the same from a reader that has followed the chain through reorganisations as from a new one', async () => {
    const random = seededRandom(11, 'blocks')
    const following = createPriceHistory()
    const blocks: Block[] = []
    let made = 0
    let reorganised = 0
    for (let step = 0; step < 80; step++) {
      if (blocks.length > 3 && random.integer(0, 5) === 0) {
        const depth = random.integer(1, Math.min(blocks.length - 1, 6))
        const dropped = blocks.splice(-depth)
        await forget(dropped[0]!.number)
        reorganised++
      }
      const head = blocks.at(-1)
      const answers = new Map(
        feeds.filter(() => random.integer(0, 2) === 0).map((feed) => [feed, random.integer(1, 1e9)]),
      )
      const block: Block = {
        // Not every block of a chain is in the table.
        number: (head?.number ?? 0) + random.integer(1, 3),
        hash: `0x${made++}`,
        timestamp: (head?.timestamp ?? firstDay * day - 50_000) + random.integer(1, 30_000),
        answers,
      }
      blocks.push(block)
      await write(block)
      const past = blocks[random.integer(Math.max(0, blocks.length - 30), blocks.length - 1)]!
      for (const cut of [block, past]) expect(await read(following, cut)).toEqual(expected(blocks, cut))
      if (step % 10 === 0) {
        // The cut may be later than the chain's last block, and two requests may come at once.
        const later = block.timestamp + random.integer(0, 20_000)
        const both = await Promise.all([read(following, block, later), read(createPriceHistory(), block, later)])
        expect(both).toEqual([expected(blocks, block, later), expected(blocks, block, later)])
      }
    }
    expect(reorganised).toBeGreaterThan(5)
  }, 240_000)

  it('keep the very list of closes from one request to the next of a day', async () => {
    const reader = createPriceHistory()
    const { rows } = await client.query('SELECT number, hash, timestamp FROM facts.block ORDER BY number DESC LIMIT 1')
    const head = {
      number: Number(rows[0].number),
      hash: rows[0].hash,
      timestamp: Number(rows[0].timestamp),
      answers: new Map(),
    }
    const [one, other] = [await read(reader, head), await read(reader, head)]
    expect(other[0]!.closes).toBe(one[0]!.closes)
  })
})
