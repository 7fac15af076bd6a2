/** How an Aave v3 event changes a fact. Pure. */
import { divRayDown, divRayHalfUp, divRayUp, mulRayDown, mulRayUp } from '../../math/ray'

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

/**
 * Rounding of an aToken or variable debt token by its revision: versions 3.0 to 3.4 have revisions 1 to 3, 3.5 has 4, 3.6 has 5. Each
 * token counts for itself because upgrades go token by token.
 */
export function roundingOf(revision: number): Rounding {
  return revision >= 4 ? 'directed' : 'halfUp'
}

/** A word of the comma-separated, sorted flags set or cleared. */
export function withFlag(flags: string, word: string, on: boolean): string {
  const words = new Set(flags.split(',').filter((flag) => flag !== ''))
  if (on) words.add(word)
  else words.delete(word)
  return [...words].sort().join(',')
}

/** A sorted list with one entry added or removed. */
export function withEntry(list: readonly string[], entry: string, on: boolean): readonly string[] {
  const rest = list.filter((other) => other !== entry)
  return on ? [...rest, entry].sort() : rest
}
