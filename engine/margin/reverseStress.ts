import { resolve } from '../resolve/resolve'
import { type Direction, jointMoves, scanRange } from '../scenario/jointMove'
import { unitGroups } from '../scenario/unitLegs'
import type { MarginInput } from '../types'
import { type Account, accountGroups } from './account'
import { balanceOf } from './report'
import { revalue } from './revalue'
import { valuate } from './valuation'

/** The smallest joint move that exhausts a balance. */
export interface ReverseStress {
  /** Size in scan ranges: 1 = every moving group goes to the edge of its own grid. */
  readonly size: number
  /** Relative price move of every group that moves. */
  readonly moves: readonly { readonly riskGroup: string; readonly price: number }[]
  /** Balance after it by full revaluation, USD, ≤ 0. */
  readonly balance: number
}

/** Coarsest step of the search, in scan ranges, and fewest steps of it: fine enough for the jump of a liquidation to be met. */
const LARGEST_STEP = 0.05
const FEWEST_STEPS = 100

/** Largest move searched, in scan ranges. */
const LARGEST_SIZE = 20

/** All 3^n directions up to this many groups; beyond it they are improved group by group. */
const MOST_GROUPS = 4

const HALVINGS = 60

const SIGNS = [-1, 0, 1]

function everyDirection(groups: readonly string[]): readonly Direction[] {
  return groups.reduce<readonly Direction[]>(
    (partial, group) => partial.flatMap((one) => SIGNS.map((sign) => new Map([...one, [group, sign]]))),
    [new Map()],
  )
}

/** Directions that differ from one in one group, and those in which one group moves alone. */
function nearDirections(direction: Direction, groups: readonly string[]): readonly Direction[] {
  return groups.flatMap((group) =>
    SIGNS.flatMap((sign) => [new Map([...direction, [group, sign]]), new Map([[group, sign]])]),
  )
}

/** Balance after moves of these sizes: a gain of collateral counts in full, it is a balance and not a requirement. */
function balancesAfter(
  account: Account,
  balance: number,
  sizes: readonly number[],
  direction: Direction,
  ranges: ReadonlyMap<string, number>,
): Float64Array {
  const matrix = revalue(account, jointMoves(sizes, direction, ranges, account.factors))
  return Float64Array.from(sizes, (_, scenario) => {
    let total = balance
    for (let leg = 0; leg < matrix.legs.length; leg += 1) {
      total += matrix.pnl[leg * matrix.scenarios + scenario] as number
    }
    return total
  })
}

/** Smallest exhausting size along one direction, at most `limit`; `null` when there is none. */
function exhaustingSize(
  account: Account,
  balance: number,
  direction: Direction,
  ranges: ReadonlyMap<string, number>,
  limit: number,
): number | null {
  const steps = Math.max(FEWEST_STEPS, Math.ceil(limit / LARGEST_STEP))
  const sizes = Array.from({ length: steps }, (_, step) => (limit * (step + 1)) / steps)
  const found = balancesAfter(account, balance, sizes, direction, ranges).findIndex((left) => left <= 0)
  if (found < 0) return null
  let low = found === 0 ? 0 : (sizes[found - 1] as number)
  let high = sizes[found] as number
  for (let step = 0; step < HALVINGS; step += 1) {
    const middle = (low + high) / 2
    const [left = 0] = balancesAfter(account, balance, [middle], direction, ranges)
    if (left <= 0) high = middle
    else low = middle
  }
  return high
}

/** Every group the way that costs more on its own, at one scan range. */
function downhill(
  account: Account,
  balance: number,
  groups: readonly string[],
  ranges: ReadonlyMap<string, number>,
): Direction {
  return new Map(
    groups.map((group) => {
      const after = (sign: number) =>
        balancesAfter(account, balance, [1], new Map([[group, sign]]), ranges)[0] as number
      return [group, after(1) < after(-1) ? 1 : -1]
    }),
  )
}

interface Exhausting {
  readonly size: number
  readonly direction: Direction
}

/**
 * Reverse stress: the smallest joint move, in scan ranges of the groups (largest of them, signs free), after which the margin balance is
 * 0 or less. Every step is a full revaluation, the answer's own balance included. Open orders count as in the requirement. Up to four
 * groups every combination of signs is searched; with more of them, none that differs in one group is smaller.
 *
 * @returns `null` when no move up to 20 scan ranges exhausts it.
 * @throws EngineError as `margin`.
 */
export function reverseStress(input: MarginInput): ReverseStress | null {
  const valuation = valuate(resolve(input), { market: false })
  const { account } = valuation
  const { marginBalance } = balanceOf(valuation, true)
  if (marginBalance <= 0) return { size: 0, moves: [], balance: marginBalance }
  const groups = accountGroups(account, unitGroups)
  const ranges = new Map(groups.map((group) => [group, scanRange(group, account.factors, account.parameters)]))
  const smallest = (candidates: readonly Direction[], known: Exhausting | null) =>
    candidates.reduce((best, direction) => {
      const size = exhaustingSize(account, marginBalance, direction, ranges, best?.size ?? LARGEST_SIZE)
      return size !== null && (best === null || size < best.size) ? { size, direction } : best
    }, known)

  const start = downhill(account, marginBalance, groups, ranges)
  let best = smallest([start], null)
  if (groups.length <= MOST_GROUPS) best = smallest(everyDirection(groups), best)
  else {
    let before: Exhausting | null
    do {
      before = best
      best = smallest(nearDirections(best?.direction ?? start, groups), best)
    } while (best !== before)
  }
  if (best === null) return null

  const { size, direction } = best
  const [balance = 0] = balancesAfter(account, marginBalance, [size], direction, ranges)
  const moves = groups
    .map((riskGroup) => ({
      riskGroup,
      price: Math.max(-1, (direction.get(riskGroup) ?? 0) * size * (ranges.get(riskGroup) as number)),
    }))
    .filter(({ price }) => price !== 0)
  return { size, moves, balance }
}
