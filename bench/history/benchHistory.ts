import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Config } from '../../config/schema'
import { approve } from '../../devnet/operations/approve'
import { mintTokens } from '../../devnet/operations/mintTokens'
import { supply } from '../../devnet/operations/supply'
import type { DevnetChain } from '../../devnet/types'
import type { Question } from '../../src/api/answer'
import { openDatabase } from '../../src/api/read/database'
import { createService } from '../../src/api/service'
import { median } from '../median'
import { startIndexed } from '../startIndexed'
import type { BenchRow } from '../types'
import { growHistory } from './growHistory'

const lengths = { short: 10_000, long: 1_000_000 } as const
const ROUNDS = 150
/** A figure over the long history may take at most 1.3 times as long. */
const BAR = 0.77
const account = '0x00000000000000000000000000000000415707e1'

/**
 * Whether the time of an answer grows with the length of history: the same account with few and with many history rows of its position, its market
 * and its blocks, asked in turns.
 */
export async function benchHistory(log: (line: string) => void): Promise<readonly BenchRow[]> {
  log('indexing a chain …')
  const indexed = await startIndexed(prepare)
  const client = new pg.Client({ connectionString: indexed.database.url })
  try {
    await client.connect()
    await indexed.stopIndexing()
    for (const [name, rows] of Object.entries(lengths)) {
      log(`growing history to ${rows} rows …`)
      await growHistory(client, { from: indexed.schema, chain: name, account, rows })
    }
    const names = Object.keys(lengths) as (keyof typeof lengths)[]
    const sides = names.map((name) => {
      const database = openDatabase(indexed.database.url)
      const config = renamed(indexed.config, name)
      return { name, database, service: createService({ config, database, rpc: { of: () => unreachable } }) }
    })
    const scansBefore = await sequentialScans(client)
    const seconds = { short: [] as number[], long: [] as number[] }
    for (let round = 0; round < ROUNDS + 10; round++) {
      for (const { name, service } of round % 2 === 0 ? sides : sides.toReversed()) {
        const begin = performance.now()
        await service.ask(question, null)
        if (round >= 10) seconds[name].push(performance.now() - begin)
      }
    }
    for (const { database } of sides) await database.close()
    const scans = (await sequentialScans(client)) - scansBefore
    const [short, long] = [median(seconds.short), median(seconds.long)]
    log(
      `p50 with ${lengths.short} rows ${short.toFixed(2)} ms, with ${lengths.long} rows ${long.toFixed(2)} ms; ${scans} scans of whole tables`,
    )
    return [
      { metric: 'p50-10k/p50-1M-rows', value: short, anchor: long, bar: BAR },
      { metric: 'answers-without-table-scan', value: scans === 0 ? 1 : 0, anchor: 1, bar: 1 },
    ]
  } finally {
    await client.end()
    await indexed.stop()
  }
}

const unreachable = { reachable: false, head: null }

const question: Question = {
  kind: 'margin',
  finality: 'latest',
  at: null,
  request: {
    addresses: [account],
    venue: null,
    model: 'portfolio',
    positions: [],
    marketData: null,
    parameters: 'house-1',
    cash: null,
    recourseDebt: null,
    accruedFunding: null,
  },
}

async function prepare(chain: DevnetChain): Promise<void> {
  const { tokens, aave } = chain.contracts
  await chain.client.setBalance({ address: account, value: 10n ** 20n })
  await chain.send(mintTokens(tokens.USDC, account, 10n ** 12n))
  await chain.send(approve(tokens.USDC, account, aave!.pool.address))
  await chain.send(supply(aave!, { account, asset: 'USDC', amount: 10n ** 11n }))
  await chain.mine()
}

/** The configuration of one chain under another name. */
function renamed(config: Config, name: string): Config {
  const { alpha } = config.chains
  const assets = Object.entries(config.assets).map(([asset, reference]) => [
    asset,
    { ...reference, tokens: { [name]: reference.tokens.alpha! }, bridge: { [name]: 'canonical' as const } },
  ])
  return { ...config, chains: { [name]: alpha! }, assets: Object.fromEntries(assets) }
}

/** How often tables of history were read from end to end in the long schema. */
async function sequentialScans(client: pg.Client): Promise<number> {
  // Sessions report their statistics at most once a second.
  await delay(1_500)
  const { rows } = await client.query<{ scans: string }>(
    `SELECT sum(seq_scan) AS scans FROM pg_stat_user_tables
     WHERE schemaname = 'bench_long' AND relname IN ('position_history', 'market_state_history', 'block')`,
  )
  return Number(rows[0]!.scans)
}
