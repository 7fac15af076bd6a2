import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { pino } from 'pino'
import { mintTokens } from '../../devnet/operations/mintTokens'
import { createServer } from '../../src/api/createServer'
import { median } from '../median'
import { startIndexed } from '../startIndexed'
import type { BenchRow } from '../types'
import { type EmptyYear, growPrices, passYear } from './growPrices'

const BLOCKS = 60
/** What the way from the row to the figure may add at the median. */
const ALLOWANCE_MILLISECONDS = 50
const POLL_MILLISECONDS = 3
const account = '0x00000000000000000000000000000000f4e54000'

/**
 * From a mined block, announced over a websocket, to the changed margin figure over HTTP, against the time to its row in the database. Both are
 * watched in the same run by polling. The figure rests on a year of prices of every feed.
 */
export async function benchFreshness(log: (line: string) => void): Promise<readonly BenchRow[]> {
  log('starting a chain, its indexer and the API …')
  let year: EmptyYear | null = null
  const indexed = await startIndexed(async (chain) => {
    year = await passYear(chain)
  })
  const client = new pg.Client({ connectionString: indexed.database.url })
  try {
    await client.connect()
    const { chain, config, database, schema } = indexed
    const { feeds, answers } = await growPrices(client, chain, schema, year!)
    log(`${feeds} feeds told ${answers} prices in a year`)
    const server = await createServer({
      config,
      databaseUrl: database.url,
      host: '127.0.0.1',
      port: 0,
      webDirectory: null,
      log: pino({ level: 'warn' }, pino.destination(2)),
    })
    try {
      const toRow: number[] = []
      const toFigure: number[] = []
      for (let block = 0; block < BLOCKS; block++) {
        await chain.send(mintTokens(chain.contracts.tokens.USDC, account, 1_000_000n))
        const { number } = await chain.mine()
        const mined = performance.now()
        const since = () => performance.now() - mined
        const [row, figure] = await Promise.all([
          untilTrue(() => hasRow(client, schema, number)).then(since),
          untilTrue(() => hasFigure(server.url, number, block + 1)).then(since),
        ])
        // The first blocks warm caches, plans and the compiler.
        if (block >= 10) {
          toRow.push(row)
          toFigure.push(figure)
        }
      }
      const [row, figure] = [median(toRow), median(toFigure)]
      log(
        `p50 to the row ${row.toFixed(1)} ms, to the figure ${figure.toFixed(1)} ms: ${(figure - row).toFixed(1)} ms more`,
      )
      return [{ metric: 'p50-row-plus-50ms/figure', value: row + ALLOWANCE_MILLISECONDS, anchor: figure, bar: 1 }]
    } finally {
      await server.close()
    }
  } finally {
    await client.end()
    await indexed.stop()
  }
}

async function hasRow(client: pg.Client, schema: string, block: bigint): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT 1 FROM "${schema}".position_history
     WHERE account = $1 AND protocol = 'wallet' AND block_number = $2 AND chain_id = 31337`,
    [account, String(block)],
  )
  return rows.length > 0
}

/** Whether the answer is at this block or a later one; its figure must then hold every token minted so far. */
async function hasFigure(url: string, block: bigint, minted: number): Promise<boolean> {
  const response = await fetch(`${url}/v1/accounts/${account}/margin?finality=latest`)
  if (!response.ok) throw new Error(`the API answered ${response.status}: ${await response.text()}`)
  const { asOf, collateral } = (await response.json()) as {
    asOf: { chains: { alpha: { blockNumber: string } } }
    collateral: readonly { amount: string }[]
  }
  if (BigInt(asOf.chains.alpha.blockNumber) < block) return false
  if (collateral[0]?.amount !== `${minted}000000`)
    throw new Error(`block ${block} without its mint: ${JSON.stringify(collateral)}`)
  return true
}

async function untilTrue(question: () => Promise<boolean>): Promise<void> {
  while (!(await question())) await delay(POLL_MILLISECONDS)
}
