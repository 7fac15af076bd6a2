import { divWadDown, mulDivDown, mulDivUp, mulWadDown, WAD } from '../../math/wad'
import type { MarketFact, MarketParametersFact, MarketStateFact } from '../facts'
import { adaptiveCurveRate } from './morphoAdaptiveCurve'

/** Total assets and shares of a market's two sides. */
export interface MorphoTotals {
  readonly supplyAssets: bigint
  readonly supplyShares: bigint
  readonly borrowAssets: bigint
  readonly borrowShares: bigint
}

/** The part of a market's facts that interest follows from. */
export interface MorphoMarketFacts {
  readonly market: Pick<MarketFact, 'rateModelKind'>
  readonly state: Pick<
    MarketStateFact,
    | 'supplyIndex'
    | 'borrowIndex'
    | 'totalSupply'
    | 'totalBorrow'
    | 'borrowRate'
    | 'rateAtTarget'
    | 'rateReadAt'
    | 'accruedAt'
  >
  readonly parameters: Pick<MarketParametersFact, 'reserveFactor'>
}

const virtualShares = 1_000_000n
const virtualAssets = 1n

/** The totals a market stores, at its last accrual. */
export function storedTotals({ supplyIndex, borrowIndex, totalSupply, totalBorrow }: MorphoMarketFacts['state']) {
  return {
    supplyAssets: BigInt(supplyIndex),
    supplyShares: BigInt(totalSupply),
    borrowAssets: BigInt(borrowIndex),
    borrowShares: BigInt(totalBorrow),
  }
}

/**
 * Rate owed from the last accrual to `time`, a wad per second; `null` while it is not known.
 * @param time unix seconds, not before the last accrual.
 */
export function morphoBorrowRate({ market, state }: MorphoMarketFacts, time: bigint): bigint | null {
  switch (market.rateModelKind) {
    case 'none':
      return 0n
    case 'adaptive-curve': {
      if (state.rateAtTarget == null) return null
      const { supplyAssets, borrowAssets } = storedTotals(state)
      const utilization = supplyAssets === 0n ? 0n : divWadDown(borrowAssets, supplyAssets)
      return adaptiveCurveRate(utilization, BigInt(state.rateAtTarget), time - BigInt(state.accruedAt))
    }
    default:
      return state.rateReadAt == null ? null : BigInt(state.borrowRate)
  }
}

/**
 * A market's totals accrued to `time` as `_accrueInterest` would, fee shares included; `null` while its rate is not known.
 * @param time unix seconds, not before the last accrual.
 */
export function accruedTotals(facts: MorphoMarketFacts, time: bigint): MorphoTotals | null {
  const totals = storedTotals(facts.state)
  const elapsed = time - BigInt(facts.state.accruedAt)
  if (elapsed === 0n || totals.borrowAssets === 0n) return totals
  const rate = morphoBorrowRate(facts, time)
  if (rate === null) return null
  const interest = mulWadDown(totals.borrowAssets, compounded(rate, elapsed))
  const supplyAssets = totals.supplyAssets + interest
  const fee = mulWadDown(interest, BigInt(facts.parameters.reserveFactor ?? '0'))
  const feeShares = sharesDown(fee, supplyAssets - fee, totals.supplyShares)
  return {
    supplyAssets,
    supplyShares: totals.supplyShares + feeShares,
    borrowAssets: totals.borrowAssets + interest,
    borrowShares: totals.borrowShares,
  }
}

/** What supply shares are worth, rounded down. */
export function supplyAssets(shares: bigint, totals: MorphoTotals): bigint {
  return mulDivDown(shares, totals.supplyAssets + virtualAssets, totals.supplyShares + virtualShares)
}

/** What borrow shares owe, rounded up. */
export function borrowAssets(shares: bigint, totals: MorphoTotals): bigint {
  return mulDivUp(shares, totals.borrowAssets + virtualAssets, totals.borrowShares + virtualShares)
}

function sharesDown(assets: bigint, totalAssets: bigint, totalShares: bigint): bigint {
  return mulDivDown(assets, totalShares + virtualShares, totalAssets + virtualAssets)
}

/** e^(rate·elapsed) − 1 by the first three terms of its series, a wad. */
function compounded(rate: bigint, elapsed: bigint): bigint {
  const first = rate * elapsed
  const second = mulDivDown(first, first, 2n * WAD)
  return first + second + mulDivDown(second, first, 3n * WAD)
}
