import { addSums, byValue, noSums, type Sums } from './tally'

export interface ConcentrationRow extends Sums {
  /** `null`: has no such key, or none is known. */
  readonly key: string | null
  /** Of the total value, in units of 10^−18; `null` when the total is zero. */
  readonly share: bigint | null
}

export interface ConcentrationFigures {
  readonly total: Sums
  /** How many keys there are. */
  readonly keys: number
  /** The largest by value, at most as many as asked for; equal ones by key. */
  readonly rows: readonly ConcentrationRow[]
  /** All other keys together; `null` when every key has its row. */
  readonly others: (Omit<ConcentrationRow, 'key'> & { readonly keys: number }) | null
  /** Σ share² over all keys, in units of 10^−18, rounded up; `null` when the total is zero. */
  readonly herfindahl: bigint | null
  /** 1 ÷ Σ share², in units of 10^−18, rounded down; `null` when the total is zero. */
  readonly effectiveNumber: bigint | null
}

const one = 10n ** 18n

/**
 * How concentrated value is over keys, exactly: integers from end to end, so that rows and others sum to the total and their shares to one.
 * The Herfindahl–Hirschman index is taken over every key, shown or not; `null` counts as one key. Values must be ≥ 0.
 * @param limit rows shown, ≥ 1.
 */
export function concentrationOf(
  entries: readonly (readonly [string | null, Sums])[],
  limit: number,
): ConcentrationFigures {
  const ranked = [...entries].sort(byValue)
  const total = ranked.reduce((sum, [, sums]) => addSums(sum, sums), noSums)
  const shown = ranked.slice(0, limit)
  const hidden = ranked.slice(limit)
  const rest = hidden.reduce((sum, [, sums]) => addSums(sum, sums), noSums)
  const shares = splitOne([...shown.map(([, { held }]) => held.value), rest.held.value], total.held.value)
  const squares = ranked.reduce((sum, [, { held }]) => sum + held.value * held.value, 0n)
  const square = total.held.value * total.held.value
  return {
    total,
    keys: ranked.length,
    rows: shown.map(([key, sums], index) => ({ key, ...sums, share: shares?.[index] ?? null })),
    others: hidden.length === 0 ? null : { keys: hidden.length, ...rest, share: shares?.at(-1) ?? null },
    herfindahl: squares === 0n ? null : (squares * one + square - 1n) / square,
    effectiveNumber: squares === 0n ? null : (square * one) / squares,
  }
}

/** One over the values in proportion, rounded down; the largest takes what rounding leaves, so that the parts sum to one. */
function splitOne(values: readonly bigint[], total: bigint): readonly bigint[] | null {
  if (total === 0n) return null
  const parts = values.map((value) => (value * one) / total)
  const left = parts.reduce((sum, part) => sum - part, one)
  return parts.map((part, index) => (index === 0 ? part + left : part))
}
