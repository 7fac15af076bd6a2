import type pg from 'pg'
import type { DevnetChain } from '../../devnet/types'

const hourSeconds = 3_600
const daySeconds = 24 * hourSeconds
const days = 366
/** As far back as a circuit breaker remembers, and some more. */
const hours = 8 * 24

/** The empty blocks among which the past of prices is put. */
export interface EmptyYear {
  readonly firstBlock: bigint
  readonly lastBlock: bigint
}

/** Lets a year pass on a chain: a block each day, and each hour of the last days. */
export async function passYear(chain: DevnetChain): Promise<EmptyYear> {
  const { number } = await chain.client.getBlock()
  await chain.client.mine({ blocks: days, interval: daySeconds })
  await chain.client.mine({ blocks: hours, interval: hourSeconds })
  return { firstBlock: number + 1n, lastBlock: (await chain.client.getBlock()).number }
}

/**
 * Gives every feed of the schema an answer in each of those blocks, as if it had moved by a few percent every few days.
 * @returns how many feeds there are, and answers.
 */
export async function growPrices(
  client: pg.Client,
  chain: DevnetChain,
  schema: string,
  { firstBlock, lastBlock }: EmptyYear,
): Promise<{ readonly feeds: number; readonly answers: number }> {
  const numbers = Array.from({ length: Number(lastBlock - firstBlock) + 1 }, (_, index) => firstBlock + BigInt(index))
  const blocks = await Promise.all(numbers.map((blockNumber) => chain.client.getBlock({ blockNumber })))
  const values = [
    chain.chainId,
    blocks.map(({ number }) => String(number)),
    blocks.map(({ hash }) => hash),
    blocks.map(({ timestamp }) => String(timestamp)),
  ]
  const passed =
    'unnest($2::numeric[], $3::text[], $4::numeric[]) WITH ORDINALITY AS passed (number, hash, timestamp, n)'
  // The indexer's own triggers note rows for the case that their block is undone; it will undo none of these.
  await client.query('SET session_replication_role = replica')
  await client.query(
    `INSERT INTO "${schema}".block (chain_id, number, hash, timestamp) SELECT $1, number, hash, timestamp FROM ${passed}
     ON CONFLICT DO NOTHING`,
    values,
  )
  const { rowCount } = await client.query(
    `INSERT INTO "${schema}".price_history
       (chain_id, block_number, block_timestamp, feed, round, answer, updated_at, status)
     SELECT price.chain_id, number, timestamp, feed, round + n,
       round(answer * (1 + (0.02 * sin(n / 5.0) + 0.004 * cos(n * 0.7 + ascii(right(feed, 1))))::numeric)), timestamp, status
     FROM "${schema}".price CROSS JOIN ${passed}
     WHERE price.chain_id = $1
     ON CONFLICT DO NOTHING`,
    values,
  )
  await client.query('SET session_replication_role = origin')
  await client.query(`ANALYZE "${schema}".block, "${schema}".price_history`)
  const { rows } = await client.query<{ feeds: number }>(`SELECT count(*)::int AS feeds FROM "${schema}".price`)
  return { feeds: rows[0]!.feeds, answers: rowCount ?? 0 }
}
