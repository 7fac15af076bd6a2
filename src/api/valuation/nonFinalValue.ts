import type { PositionFact } from '../facts'
import type { Cut } from '../read/cut'
import type { Figure } from './figure'
import type { ValuedClaim } from './valueClaims'

/** USD in units of 10^−8. */
export interface NonFinalValue {
  readonly grossCollateralValue: bigint
  readonly debtValue: bigint
}

/**
 * What of a figure could still be undone: the market value of the holdings and debts whose balance last changed in a block that is not
 * final. A row counts whole, however little of it changed. All of a chain counts that has no final block indexed.
 * @param final the finalized cut; `null` when it was not asked for.
 * @returns `null` when it is not known how far a chain is final.
 */
export function nonFinalValue({ evidence, claims }: Figure, final: Cut | null): NonFinalValue | null {
  if (final === null) return null
  const chains = Object.keys(evidence.cut.chains)
  if (chains.some((chain) => final.chains[chain] !== undefined && final.chains[chain].finality !== 'finalized'))
    return null
  const open = claims.filter((valued) => {
    const finalBlock = final.chains[valued.claim.chain]?.blockNumber
    const changed = evidence.facts.chains[valued.claim.chain]!.positions.filter((row) => isBehind(valued, row))
    return changed.some(({ blockNumber }) => finalBlock === undefined || BigInt(blockNumber) > BigInt(finalBlock))
  })
  const sumOf = (isDebt: boolean) =>
    open
      .filter(({ claim }) => (claim.side === 'borrow') === isDebt)
      .reduce((sum, { marketValue }) => sum + (marketValue ?? 0n), 0n)
  return { grossCollateralValue: sumOf(false), debtValue: sumOf(true) }
}

/** Whether the stored position is what the claim was read from; `collateral` is a supply that is switched on. */
function isBehind({ claim }: ValuedClaim, { protocol, market, account, side }: PositionFact): boolean {
  return (
    protocol === claim.protocol &&
    market === claim.market &&
    account === claim.account &&
    side.startsWith('borrow') === (claim.side === 'borrow')
  )
}
