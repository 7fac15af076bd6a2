/** How an Aave v3 event changes a fact. Pure. */
import { mulBasisPointsHalfUp } from '../../math/basisPoints'
import { compoundInterest, linearInterest } from '../../math/interest'
import { divRayDown, divRayHalfUp, divRayUp, mulRayDown, mulRayHalfUp, mulRayUp } from '../../math/ray'

/** `directed`: against the account, Aave since 3.5. `halfUp`: to the nearest, before. */
export type Rounding = 'directed' | 'halfUp'
export type Side = 'supply' | 'borrow'

/**
 * The scaled balance after a Mint or Burn of an aToken (supply) or a variable debt token (borrow).
 *
 * Both events carry the balance including interest, so the amount that moved is `value − balanceIncrease` (Mint) or
 * `−(value + balanceIncrease)` (Burn). Since 3.5 the contract rounds the scaled amount first and reports differences of rounded
 * balances, so only the scaled balance before tells which scaled amount it was; earlier versions scale the amount alone.
 * @param scaled scaled balance before. @param moved signed amount, without interest. @param index the event's index, a ray.
 */
export function nextScaledBalance(
  side: Side,
  rounding: Rounding,
  scaled: bigint,
  moved: bigint,
  index: bigint,
): bigint {
  switch (rounding) {
    case 'directed':
      return side === 'supply'
        ? divRayUp(mulRayDown(scaled, index) + moved, index)
        : divRayDown(mulRayUp(scaled, index) + moved, index)
    case 'halfUp':
      return moved < 0n ? scaled - divRayHalfUp(-moved, index) : scaled + divRayHalfUp(moved, index)
  }
}

/** GHO's debt token on Ethereum had a revision more than the others when all of them changed their rounding. */
const GHO_DEBT_TOKEN = '0x786dbff3f1292ae8f92ea68cf93c30b34b1ed04b'

/**
 * Rounding of an aToken or variable debt token by its revision: up to 3 in versions 3.0 to 3.4, 4 in 3.5, 5 in 3.6. Each token counts for itself
 * because upgrades go token by token.
 */
export function roundingOf(side: Side, token: string, revision: number): Rounding {
  const first = side === 'borrow' && token === GHO_DEBT_TOKEN ? 5 : 4
  return revision >= first ? 'directed' : 'halfUp'
}

export type Indexes = { readonly supplyIndex: bigint; readonly borrowIndex: bigint }
export type Accrual = Indexes & { readonly supplyRate: bigint; readonly borrowRate: bigint; readonly accruedAt: bigint }

/**
 * Indexes of a reserve accrued to `time`, where the pool stores them without telling (Aave 3.5 and later).
 * @param scaledDebt scaled variable debt before the block; without any the borrow index stands still.
 */
export function accruedIndexes(state: Accrual, scaledDebt: bigint, time: bigint): Indexes {
  const seconds = time - state.accruedAt
  return {
    supplyIndex: mulRayHalfUp(linearInterest(state.supplyRate, seconds), state.supplyIndex),
    borrowIndex:
      scaledDebt === 0n
        ? state.borrowIndex
        : mulRayHalfUp(compoundInterest(state.borrowRate, seconds), state.borrowIndex),
  }
}

/**
 * What an accrual adds to the treasury's claim, in scaled units (Aave 3.5 and later).
 * @param scaledDebt scaled variable debt before the block. @param reserveFactor in basis points.
 */
export function treasuryShare(scaledDebt: bigint, before: Indexes, after: Indexes, reserveFactor: bigint): bigint {
  const interest = mulRayDown(scaledDebt, after.borrowIndex - before.borrowIndex)
  return divRayDown(mulBasisPointsHalfUp(interest, reserveFactor), after.supplyIndex)
}

export type StableDebt = { readonly raw: bigint; readonly rate: bigint; readonly accruedAt: bigint }
export type StableTotal = {
  readonly stableBorrow: bigint
  readonly stableRate: bigint
  readonly stableAccruedAt: bigint
}

type StableEvent = {
  readonly amount: bigint
  readonly currentBalance: bigint
  readonly balanceIncrease: bigint
  readonly avgStableRate: bigint
  readonly newTotalSupply: bigint
}

/** An account's stable debt after a Mint. A repayment smaller than the interest since the last one is a Mint, too. */
export function stableMint(event: StableEvent & { readonly newRate: bigint }, time: bigint): StableDebt {
  const principal = event.currentBalance - event.balanceIncrease
  return { raw: principal + event.amount, rate: event.newRate, accruedAt: time }
}

/** An account's stable debt after a Burn; fully repaid, it forgets rate and time. */
export function stableBurn(event: StableEvent, rate: bigint, time: bigint): StableDebt {
  const principal = event.currentBalance - event.balanceIncrease
  const isRepaid = event.amount + event.balanceIncrease === event.currentBalance
  return { raw: principal - event.amount, rate: isRepaid ? 0n : rate, accruedAt: isRepaid ? 0n : time }
}

/**
 * The reserve's stable debt after a Mint or Burn. Totals and accounts accrue apart, so the last repayments can exceed the total: the token
 * then sets it to zero, which the event shows by the average rate alone.
 */
export function stableTotal(event: StableEvent, isRepayment: boolean, time: bigint): StableTotal {
  const isEmptied = isRepayment && event.avgStableRate === 0n
  return {
    stableBorrow: isEmptied ? 0n : event.newTotalSupply,
    stableRate: event.avgStableRate,
    stableAccruedAt: time,
  }
}

/** A word of the comma-separated, sorted flags set or cleared. */
export function withFlag(flags: string, word: string, on: boolean): string {
  const words = new Set(flags.split(',').filter((flag) => flag !== ''))
  if (on) words.add(word)
  else words.delete(word)
  return [...words].sort().join(',')
}
