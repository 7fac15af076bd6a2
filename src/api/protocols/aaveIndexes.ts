import { mulRayHalfUp } from '../../math/ray'
import { compoundedInterest, compoundedInterestBinomial, linearInterest } from './aaveInterest'

/** First pool revision that rounds every balance and conversion against the account (Aave 3.5). */
const directedRevision = 9

export function isDirectedPool(revision: number | null | undefined): boolean {
  return (revision ?? 0) >= directedRevision
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
  isDirected: boolean,
): bigint {
  const elapsed = time - BigInt(accruedAt)
  if (elapsed === 0n) return BigInt(borrowIndex)
  const growth = isDirected ? compoundedInterest : compoundedInterestBinomial
  return mulRayHalfUp(growth(BigInt(borrowRate), elapsed), BigInt(borrowIndex))
}
