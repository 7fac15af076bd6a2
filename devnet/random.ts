/** Draws from one seed; the same seed gives the same draws on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** In [low, high). */
  between(low: number, high: number): number
  /** Spread evenly over orders of magnitude, in [low, high). */
  logBetween(low: number, high: number): number
  /** A whole number in [low, high]. */
  integer(low: number, high: number): number
  pick<T>(items: readonly T[]): T
  /** Standard normal, cut at three. */
  normal(): number
}

/**
 * A generator for `label` under `seed`. Labels keep draws apart: adding a draw in one place moves no other.
 * The generator is Mulberry32 over a FNV-1a hash of both.
 */
export function seededRandom(seed: number, label: string): Random {
  let state = 0x811c9dc5
  for (const character of `${seed}:${label}`) state = Math.imul(state ^ character.charCodeAt(0), 0x01000193)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number) => low + (high - low) * next()
  const integer = (low: number, high: number) => Math.floor(between(low, high + 1))
  return {
    next,
    between,
    logBetween: (low, high) => Math.exp(between(Math.log(low), Math.log(high))),
    integer,
    pick: (items) => items[integer(0, items.length - 1)]!,
    normal: () => {
      const value = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
      return Math.max(-3, Math.min(3, value))
    },
  }
}
