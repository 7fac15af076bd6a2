import { mulDivDown, mulWadDown } from '../../math/wad'
import type { MarketStateFact } from '../facts'

/** What both indexes begin at. */
const indexScale = 10n ** 15n

export interface CometIndexes {
  readonly supplyIndex: bigint
  readonly borrowIndex: bigint
}

/**
 * A Comet's indexes at `time`. Rates are those at the utilization stored at the last accrual, and interest since is simple: the contract compounds
 * only when it is used.
 * @param time unix seconds, not before the last accrual.
 */
export function cometIndexes(
  state: Pick<MarketStateFact, 'supplyIndex' | 'borrowIndex' | 'supplyRate' | 'borrowRate' | 'accruedAt'>,
  time: bigint,
): CometIndexes {
  const elapsed = time - BigInt(state.accruedAt)
  const grown = (index: string, rate: string) => BigInt(index) + mulWadDown(BigInt(index), BigInt(rate) * elapsed)
  return {
    supplyIndex: grown(state.supplyIndex, state.supplyRate),
    borrowIndex: grown(state.borrowIndex, state.borrowRate),
  }
}

/** A principal at an index, rounded down whether it is supplied or owed, as `balanceOf` and `borrowBalanceOf` do. */
export function presentValueDown(principal: bigint, index: bigint): bigint {
  return mulDivDown(principal, index, indexScale)
}
