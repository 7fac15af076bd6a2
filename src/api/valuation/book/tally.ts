import type { BookLine } from './bookLines'

/** One side of what lies under a key. */
export interface SideSums {
  /** USD in units of 10^−8, of what has a known value. */
  readonly value: bigint
  /** How many things there are, and how many of them have no known value. */
  readonly positions: number
  readonly unvalued: number
}

/** What is held and what is owed, side by side: the two are never netted. */
export interface Sums {
  readonly held: SideSums
  readonly owed: SideSums
}

const nothing: SideSums = { value: 0n, positions: 0, unvalued: 0 }
export const noSums: Sums = { held: nothing, owed: nothing }

type Valued = Pick<BookLine, 'isDebt' | 'value'>

function sumsOf({ isDebt, value }: Valued): Sums {
  const side = { value: value ?? 0n, positions: 1, unvalued: value === null ? 1 : 0 }
  return isDebt ? { held: nothing, owed: side } : { held: side, owed: nothing }
}

export function addSums(a: Sums, b: Sums): Sums {
  return { held: addSides(a.held, b.held), owed: addSides(a.owed, b.owed) }
}

function addSides(a: SideSums, b: SideSums): SideSums {
  return { value: a.value + b.value, positions: a.positions + b.positions, unvalued: a.unvalued + b.unvalued }
}

/** Sums by key, which grow line by line; `null` is a key of its own. */
export class Tally {
  private readonly sums = new Map<string | null, Sums>()

  add(key: string | null, line: Valued): void {
    this.sums.set(key, addSums(this.get(key), sumsOf(line)))
  }

  get(key: string | null): Sums {
    return this.sums.get(key) ?? noSums
  }

  get size(): number {
    return this.sums.size
  }

  total(): Sums {
    return [...this.sums.values()].reduce(addSums, noSums)
  }

  entries(): readonly (readonly [string | null, Sums])[] {
    return [...this.sums]
  }
}

/** Largest value first; equal ones by key, `null` last. */
export function byValue([keyA, a]: readonly [string | null, Sums], [keyB, b]: readonly [string | null, Sums]): number {
  if (a.held.value !== b.held.value) return a.held.value > b.held.value ? -1 : 1
  if (keyA === null || keyB === null) return keyA === null ? 1 : -1
  return keyA < keyB ? -1 : 1
}
