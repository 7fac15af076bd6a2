import { checkLength, checkNotNegativeSeries } from '../checks'
import { TooFewObservationsError } from '../errors'

export interface BookLosses {
  /** Bad debt of all accounts, per scenario. */
  readonly total: Float64Array
  /** Bad debt of the largest account, and of the two largest, per scenario. */
  readonly coverOne: Float64Array
  readonly coverTwo: Float64Array
  /** Largest over the scenarios of each; what a default fund has to cover. */
  readonly worstTotal: number
  readonly worstCoverOne: number
  readonly worstCoverTwo: number
  /** Index of the scenario with the largest total; ties: the lowest. */
  readonly worstScenario: number
}

/**
 * Bad debt of a book of accounts under each scenario, and the cover-1 and cover-2 measures (CPMI-IOSCO, Principles for financial market
 * infrastructures, principle 4): the default of the one or two participants that lose most in that scenario.
 *
 * @param badDebt `[account][scenario]`, USD, ≥ 0
 * @throws TooFewObservationsError without accounts or scenarios, DimensionMismatchError, BadTypeError, OutOfRangeError
 */
export function bookLosses(badDebt: readonly ArrayLike<number>[]): BookLosses {
  const scenarios = badDebt[0]?.length ?? 0
  if (scenarios === 0) throw new TooFewObservationsError('/badDebt', scenarios, 1)
  const total = new Float64Array(scenarios)
  const coverOne = new Float64Array(scenarios)
  const second = new Float64Array(scenarios)
  badDebt.forEach((losses, account) => {
    checkLength(`/badDebt/${account}`, losses, scenarios)
    checkNotNegativeSeries(`/badDebt/${account}`, losses, scenarios)
    for (let s = 0; s < scenarios; s += 1) {
      const loss = losses[s]!
      total[s]! += loss
      second[s] = Math.max(second[s]!, Math.min(coverOne[s]!, loss))
      coverOne[s] = Math.max(coverOne[s]!, loss)
    }
  })
  const coverTwo = coverOne.map((largest, s) => largest + second[s]!)
  const worst = (values: Float64Array) => values.reduce((a, b) => Math.max(a, b), 0)
  const worstTotal = worst(total)
  return {
    total,
    coverOne,
    coverTwo,
    worstTotal,
    worstCoverOne: worst(coverOne),
    worstCoverTwo: worst(coverTwo),
    worstScenario: total.indexOf(worstTotal),
  }
}
