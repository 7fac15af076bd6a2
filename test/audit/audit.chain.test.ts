import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '../../cli/projectRoot'
import { seededRandom } from '../../devnet/random'
import { startDevnet } from '../../devnet/startDevnet'
import type { Devnet } from '../../devnet/types'
import { type ProductProcess, startProduct } from '../../simulator/product/startProduct'
import { until } from '../support/until'

interface Reconciliation {
  readonly protocols: readonly {
    readonly chain: string
    readonly protocol: string
    readonly checked: number
    readonly unread: number
    readonly drift: number
    readonly detail: string | null
    readonly rotatedAt: string | null
    readonly quarantinedSince: string | null
  }[]
}

/** A fact of which a row is spoilt, and the column that is. */
const kinds = [
  { table: 'position_history', column: 'raw', where: `protocol = 'aave-v3'` },
  { table: 'position_history', column: 'raw', where: `protocol = 'wallet'` },
  { table: 'market_state_history', column: 'supply_index', where: `protocol = 'aave-v3'` },
  {
    table: 'market_parameters_history',
    column: 'liquidation_threshold',
    where: `protocol = 'aave-v3' AND flags LIKE '%active%' AND liquidation_threshold > 0`,
  },
  { table: 'price_history', column: 'answer', where: `status = 'ok'` },
  { table: 'market_state', column: 'total_supply', where: `protocol = 'morpho-blue'` },
] as const
const spoiltRows = process.env.DRILL === 'full' ? 20 : 4

describe('the audit', () => {
  let devnet: Devnet
  let product: ProductProcess
  let database: pg.Pool
  let schema: string
  const random = seededRandom(11, 'spoilt rows')

  const reconciliation = async (): Promise<Reconciliation> =>
    (await fetch(`${product.url}/v1/reconciliation`)).json() as Promise<Reconciliation>
  const query = async (text: string, values: unknown[] = []) => (await database.query(text, values)).rows

  beforeAll(async () => {
    devnet = await startDevnet({ chains: 1, seed: 7, log: () => {} })
    const config = { ...devnet.config, audit: { secondsBetween: 0.5, accountsAtOnce: 100 } }
    product = await startProduct({ root: projectRoot(), config })
    const { database: running } = JSON.parse(readFileSync(join(product.dataDirectory, 'data', 'run.json'), 'utf8'))
    database = new pg.Pool({ connectionString: running.url, max: 1 })
    await until(
      'a whole rotation',
      120,
      reconciliation,
      ({ protocols }) => protocols.length > 0 && protocols.every(({ rotatedAt }) => rotatedAt !== null),
    )
    const [row] = await query(`SELECT schema FROM offchain.deployment WHERE state = 'live'`)
    schema = row.schema
  }, 300_000)

  afterAll(async () => {
    await database?.end()
    await product?.stop()
    await devnet?.stop()
  })

  it('finds every figure of every protocol as the contracts say it', async () => {
    const { protocols } = await reconciliation()
    console.log(JSON.stringify(protocols, null, 1).slice(0, 6000))
    expect(protocols.map(({ protocol }) => protocol)).toEqual(
      expect.arrayContaining(['aave-v3', 'blocks', 'chainlink', 'compound-v3', 'erc4626', 'morpho-blue', 'wallet']),
    )
    expect(protocols.filter(({ drift }) => drift > 0)).toEqual([])
    expect(protocols.filter(({ checked }) => checked === 0)).toEqual([])
  })

  it('finds a spoilt row within a rotation, takes it out of the figure with the reason, and counts it again once it is right', async () => {
    for (let turn = 0; turn < spoiltRows; turn++) {
      const { table, column, where } = kinds[turn % kinds.length]!
      const isHistory = table.endsWith('_history')
      const [spoilt] = await query(
        isHistory
          ? `SELECT h.ctid::text AS place, h."${column}"::text AS value, h.* FROM "${schema}".${table} h
             JOIN "${schema}".${table.replace('_history', '')} c USING (${keyOf(table)}, block_number)
             WHERE ${where.replaceAll(/\b(protocol|flags|status|liquidation_threshold)\b/g, 'h.$1')} ORDER BY md5(h.ctid::text || $1) LIMIT 1`
          : `SELECT ctid::text AS place, "${column}"::text AS value, * FROM "${schema}".${table} WHERE ${where} ORDER BY md5(ctid::text || $1) LIMIT 1`,
        [String(random.integer(0, 1_000_000))],
      )
      const { value } = spoilt
      await query(`UPDATE "${schema}".${table} SET "${column}" = "${column}" + 1 WHERE ctid = $1::tid`, [spoilt.place])
      const found = await until(`${table}.${column} being found`, 30, reconciliation, ({ protocols }) =>
        protocols.some(({ quarantinedSince }) => quarantinedSince !== null),
      )
      const [quarantined] = found.protocols.filter(({ quarantinedSince }) => quarantinedSince !== null)
      console.log(table, column, value, quarantined)
      const account = devnet.accounts[0]!.address
      const figure = (await (await fetch(`${product.url}/v1/accounts/${account}/margin?finality=latest`)).json()) as {
        complete: boolean
        missing: { reasonCode: string; id: string }[]
      }
      expect(figure.complete).toBe(false)
      expect(figure.missing.filter(({ reasonCode }) => reasonCode === 'QUARANTINED')).not.toEqual([])
      await query(`UPDATE "${schema}".${table} SET "${column}" = $1 WHERE "${column}" = ($1::numeric + 1)`, [value])
      await until('counting again', 30, reconciliation, ({ protocols }) =>
        protocols.every(({ quarantinedSince }) => quarantinedSince === null),
      )
    }
  }, 300_000)
})

function keyOf(table: string): string {
  const keys: Readonly<Record<string, string>> = {
    position_history: 'chain_id, protocol, market, account, side',
    market_state_history: 'chain_id, protocol, market',
    market_parameters_history: 'chain_id, protocol, market',
    price_history: 'chain_id, feed',
  }
  return keys[table]!
}
