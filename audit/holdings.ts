import type { ChainFacts } from '../src/api/facts'

export interface HoldingKey {
  readonly protocol: string
  /** The contract that may be older than the index: a pool, a token, a vault. */
  readonly contract: string
  readonly market: string
  readonly account: string
  readonly side: string
}

/**
 * What an account has of a market by our rows: zero where it has none, and `null` where nothing is known because there is no row and the contract is older
 * than the index.
 */
export type Holdings = (key: HoldingKey) => bigint | null

export function readHoldings({ positions, openings = [] }: Pick<ChainFacts, 'positions' | 'openings'>): Holdings {
  const keyOf = (row: Omit<HoldingKey, 'contract'>) => [row.account, row.protocol, row.market, row.side].join(' ')
  const known = new Map(positions.map((row) => [keyOf(row), BigInt(row.raw)]))
  const older = new Set(openings.map(({ protocol, contract }) => `${protocol} ${contract}`))
  return (key) => known.get(keyOf(key)) ?? (older.has(`${key.protocol} ${key.contract}`) ? null : 0n)
}
