import { compoundInterest, linearInterest } from '../../math/interest'
import { mulRayHalfUp } from '../../math/ray'
import { compoundInterestBinomial } from './aaveInterest'

/** How a pool computes, by its revision: 1 to 7 are versions 3.0 to 3.3, 8 is 3.4, 9 is 3.5, 10 is 3.6. */
export interface PoolRules {
  /** Debts grow by the exponential series (3.4) instead of the binomial one. */
  readonly isExponential: boolean
  /** Conversions round against the account, and the health factor weighs without rounding the average threshold (3.5). */
  readonly isDirected: boolean
  /** Which liquidation rules: 3.3 brought size limits and writes deficits off. */
  readonly liquidation: '3.0' | '3.3'
}

export function poolRules(revision: number | null | undefined): PoolRules {
  const known = revision ?? 0
  return { isExponential: known >= 8, isDirected: known >= 9, liquidation: known >= 6 ? '3.3' : '3.0' }
}

interface State {
  readonly supplyIndex: string
  readonly borrowIndex: string
  readonly supplyRate: string
  readonly borrowRate: string
  readonly accruedAt: string
}

/** `getReserveNormalizedIncome` at `time`, in rays. */
export function normalizedIncome({ supplyIndex, supplyRate, accruedAt }: State, time: bigint): bigint {
  const elapsed = time - BigInt(accruedAt)
  if (elapsed === 0n) return BigInt(supplyIndex)
  return mulRayHalfUp(linearInterest(BigInt(supplyRate), elapsed), BigInt(supplyIndex))
}

/** `getReserveNormalizedVariableDebt` at `time`, in rays. */
export function normalizedDebt(
  { borrowIndex, borrowRate, accruedAt }: State,
  time: bigint,
  { isExponential }: PoolRules,
): bigint {
  const elapsed = time - BigInt(accruedAt)
  if (elapsed === 0n) return BigInt(borrowIndex)
  const growth = isExponential ? compoundInterest : compoundInterestBinomial
  return mulRayHalfUp(growth(BigInt(borrowRate), elapsed), BigInt(borrowIndex))
}
