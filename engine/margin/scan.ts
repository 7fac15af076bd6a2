import { hostGroups } from '../scenario/unitLegs'
import type { ResolvedLendingUnit } from '../types'
import { type Account, accountGroups } from './account'
import { groupCorrelation } from './correlation'
import { addLegs, type Measure } from './measure'
import { type GroupBook, type GroupScan, groupBook, scanGroup } from './scanGroup'

/** Beyond this many ways to host units with several crypto factors, one unit is placed after the other. */
const MOST_ASSIGNMENTS = 64

/** √(ΣΣ ρᵢⱼLᵢLⱼ) and each loss's share of it (Euler), so that the shares sum to it. */
function aggregate(
  losses: readonly number[],
  correlation: readonly (readonly number[])[],
): { readonly loss: number; readonly shares: readonly number[] } {
  const products = losses.map((_, i) =>
    losses.reduce((sum, other, j) => sum + ((correlation[i] as readonly number[])[j] as number) * other, 0),
  )
  const squared = losses.reduce((sum, loss, i) => sum + loss * (products[i] as number), 0)
  const loss = Math.sqrt(Math.max(0, squared))
  return { loss, shares: products.map((product) => (loss > 0 ? product / loss : 0)) }
}

type Assignment = readonly string[]

/** An empty unit has no place and no effect. */
function placesOf(unit: ResolvedLendingUnit): readonly string[] {
  const groups = hostGroups(unit)
  return groups.length > 0 ? groups : ['']
}

/** Every way to place the units, in a fixed order; placed one by one when there are too many. */
function assignments(options: readonly (readonly string[])[]): readonly Assignment[] {
  const ways = options.reduce((product, groups) => product * groups.length, 1)
  if (ways > MOST_ASSIGNMENTS) return [options.map(([first]) => first as string)]
  return options.reduce<readonly Assignment[]>(
    (partial, groups) => partial.flatMap((assignment) => groups.map((group) => [...assignment, group])),
    [[]],
  )
}

interface Scan {
  readonly loss: number
  readonly groups: readonly GroupScan[]
  readonly shares: readonly number[]
}

function scanAssigned(
  account: Account,
  books: readonly GroupBook[],
  assignment: Assignment,
  correlation: readonly (readonly number[])[],
): Scan {
  const groups = books.map((book) => {
    const hosted = account.units.filter((_, index) => assignment[index] === book.group)
    return scanGroup(account, book, hosted)
  })
  return {
    ...aggregate(
      groups.map(({ loss }) => loss),
      correlation,
    ),
    groups,
  }
}

/**
 * Scan risk: per risk group the worst weighted scenario loss, aggregated with the floored correlations.
 *
 * A unit with several crypto factors is hosted by one group, its other factors moving against it at the same time. Each placement is
 * a valid upper bound of the loss, so the smallest is taken: dust of another asset sent to a unit cannot make it dearer by a jump.
 */
export function scan(account: Account): Measure {
  const groups = accountGroups(account, hostGroups)
  const correlation = groupCorrelation(account, groups)
  const books = groups.map((group) => groupBook(account, group))
  const ways = assignments(account.units.map(({ unit }) => placesOf(unit)))
  const best = ways
    .map((assignment) => scanAssigned(account, books, assignment, correlation))
    .reduce((least, found) => (found.loss < least.loss ? found : least))
  const legs = new Map<string, number>()
  best.groups.forEach((group, index) => {
    addLegs(legs, group.legs, best.shares[index] as number)
  })
  const losing = best.groups.filter(({ loss }) => loss > 0)
  return {
    loss: best.loss,
    legs,
    own: new Map(best.groups.flatMap(({ own }) => [...own])),
    worst:
      losing.length === 0
        ? null
        : {
            id: losing.map(({ group, scenario }) => `${group}:${scenario}`).join(' '),
            loss: best.loss,
            moves: losing.map(({ move }) => move),
          },
    rows: best.groups.flatMap(({ rows }) => rows),
  }
}
