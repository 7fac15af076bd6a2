import type { Snapshot } from './database'
import type { LendingAccountFact, OpeningFact, PositionFact } from './facts'
import { hydrationIsGood } from './hydrationIsGood'
import { qualify } from './qualify'

/** What accounts have that has not changed since before the index began. */
export interface Baselines {
  readonly positions: readonly PositionFact[]
  readonly lendingAccounts: readonly LendingAccountFact[]
  /** By account, the contracts in which nothing of it is unknown, as `protocol address`. */
  readonly known: ReadonlyMap<string, ReadonlySet<string>>
}

export interface BaselineQuestion {
  readonly schema: string
  readonly chainId: number
}

const none: Baselines = { positions: [], lendingAccounts: [], known: new Map() }

/** The name of a contract that is older than the index, as hydration keeps it. */
export function openingName({ protocol, contract }: Pick<OpeningFact, 'protocol' | 'contract'>): string {
  return `${protocol} ${contract}`
}

interface BaselineRow {
  readonly account: string
  readonly protocol: string
  readonly market: string
  readonly side: string
  readonly raw: string
  readonly rate: string | null
  readonly accruedAt: string | null
}

/** Loads what was read of hydrated accounts and has no row of its own since. With nothing older than the index nothing is asked. */
export async function loadBaselines(
  snapshot: Snapshot,
  { schema, chainId }: BaselineQuestion,
  openings: readonly OpeningFact[],
  accounts: readonly string[],
): Promise<Baselines> {
  if (openings.length === 0 || accounts.length === 0) return none
  const isGood = hydrationIsGood(schema, openings)
  const [hydrations, rows] = await Promise.all([
    snapshot.rows<{ account: string; contracts: readonly string[] }>(
      `SELECT account, contracts FROM offchain.hydration h WHERE chain_id = $1 AND account = ANY($2) AND ${isGood}`,
      [chainId, accounts],
    ),
    snapshot.rows<BaselineRow>(
      `SELECT l.account, l.protocol, l.market, l.side, l.raw, l.rate, l.accrued_at
       FROM offchain.baseline l JOIN offchain.hydration h USING (chain_id, account)
       WHERE l.chain_id = $1 AND l.account = ANY($2) AND ${isGood}
         AND NOT EXISTS (
           SELECT FROM ${qualify(schema, 'position')} p
           WHERE p.chain_id = $1 AND p.account = l.account AND p.protocol = l.protocol AND p.market = l.market AND p.side = l.side
         )
         AND NOT EXISTS (
           SELECT FROM ${qualify(schema, 'lending_account')} a
           WHERE a.chain_id = $1 AND a.account = l.account AND a.protocol = l.protocol AND a.unit = l.market AND l.side IN ('collateralBitmap', 'emode')
         )`,
      [chainId, accounts],
    ),
  ])
  // Nothing has happened to it since the block before the first indexed one.
  const origins = new Map(openings.map(({ protocol, blockNumber }) => [protocol, blockNumber]))
  const facts = rows.map((row) => ({ ...row, blockNumber: origins.get(row.protocol) ?? openings[0]!.blockNumber }))
  return {
    positions: facts.filter(({ side }) => !isOfAccount(side)),
    lendingAccounts: lendingAccountsOf(facts),
    known: new Map(hydrations.map(({ account, contracts }) => [account, new Set(contracts)])),
  }
}

function isOfAccount(side: string): side is 'collateralBitmap' | 'emode' {
  return side === 'collateralBitmap' || side === 'emode'
}

function lendingAccountsOf(
  rows: readonly (BaselineRow & { readonly blockNumber: string })[],
): readonly LendingAccountFact[] {
  const accounts = new Map<string, LendingAccountFact>()
  for (const { account, protocol, market: unit, side, raw, blockNumber } of rows) {
    if (!isOfAccount(side)) continue
    const key = `${account} ${protocol} ${unit}`
    const row = accounts.get(key) ?? { account, protocol, unit, collateralBitmap: '0', emode: 0, blockNumber }
    accounts.set(key, side === 'emode' ? { ...row, emode: Number(raw) } : { ...row, collateralBitmap: raw })
  }
  return [...accounts.values()]
}
