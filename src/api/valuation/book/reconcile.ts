import { heldPlainly, vaultShares } from '../../../protocols/names'
import type { ChainFacts, PositionFact } from '../../facts'

/** What all accounts together have of one side of a market, against the market's own total; in shares or scaled units. */
export interface Reconciliation {
  readonly chain: string
  readonly protocol: string
  readonly market: string
  readonly side: string
  readonly sumShares: bigint
  /** `null` where the market keeps no total that could be compared. */
  readonly totalShares: bigint | null
  readonly equal: boolean | null
}

/** Shares by protocol, market and side, which grow position by position. */
export class ShareSums {
  private readonly sums = new Map<string, bigint>()

  add({ protocol, market, side, raw }: Pick<PositionFact, 'protocol' | 'market' | 'side' | 'raw'>): void {
    const key = JSON.stringify([protocol, market, side])
    this.sums.set(key, (this.sums.get(key) ?? 0n) + BigInt(raw))
  }

  of(protocol: string, market: string, side: string): bigint {
    return this.sums.get(JSON.stringify([protocol, market, side])) ?? 0n
  }

  keys(): readonly (readonly [protocol: string, market: string, side: string])[] {
    return [...this.sums.keys()].map((key) => JSON.parse(key))
  }
}

/**
 * Compares the sums with what the facts say of each market and vault. Tokens that are simply held keep no total in the facts, and debts at rates of
 * their own (`borrowStable`) are summed at their last accruals, their total at its own: neither can be compared.
 */
export function reconcile(chain: string, facts: ChainFacts, sums: ShareSums): readonly Reconciliation[] {
  const rowOf = (protocol: string, market: string, side: string, total: string | null): Reconciliation => {
    const sumShares = sums.of(protocol, market, side)
    const totalShares = total === null ? null : BigInt(total)
    return {
      chain,
      protocol,
      market,
      side,
      sumShares,
      totalShares,
      equal: totalShares === null ? null : sumShares === totalShares,
    }
  }
  const pledges = new Set(facts.markets.filter(({ kind }) => kind === 'collateral').map(({ market }) => market))
  const compared = [
    ...facts.marketStates.flatMap(({ protocol, market, totalSupply, totalBorrow }) =>
      pledges.has(market)
        ? [rowOf(protocol, market, 'collateral', totalSupply)]
        : [rowOf(protocol, market, 'supply', totalSupply), rowOf(protocol, market, 'borrow', totalBorrow)],
    ),
    ...facts.vaultStates.map(({ vault, totalSupply }) => rowOf(vaultShares, vault, 'supply', totalSupply)),
  ]
  const names = new Set(compared.map(({ protocol, market, side }) => JSON.stringify([protocol, market, side])))
  const others = sums
    .keys()
    .filter((key) => key[0] !== heldPlainly && !names.has(JSON.stringify(key)))
    .map(([protocol, market, side]) => rowOf(protocol, market, side, null))
  return [...compared, ...others]
}
