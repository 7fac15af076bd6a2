import { margin, marginAt, prepareTick } from '../../engine/index'
import type { BenchRow } from '../types'
import { makeAccounts, makeMarket } from './makeBook'

const ACCOUNTS = 50
const ROUNDS = 5

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] as number
}

/** Accounts a second. */
function rateOf(task: () => void): number {
  const begin = performance.now()
  task()
  return ACCOUNTS / ((performance.now() - begin) / 1000)
}

/**
 * Portfolio margin of accounts that hold the same contracts: in one tick, where each contract is valued once, against `margin` of
 * each by itself. Median of alternating rounds.
 */
export async function benchEngine(log: (line: string) => void): Promise<readonly BenchRow[]> {
  const market = makeMarket()
  const accounts = makeAccounts(ACCOUNTS)
  const alone = () => {
    for (const account of accounts) margin({ ...market, ...account })
  }
  const shared = () => {
    const tick = prepareTick(market)
    for (const account of accounts) marginAt(tick, account)
  }
  alone()
  shared()
  const rates: { alone: number; shared: number }[] = []
  for (let round = 1; round <= ROUNDS; round += 1) {
    rates.push({ alone: rateOf(alone), shared: rateOf(shared) })
    log(`engine: round ${round} of ${ROUNDS}`)
  }
  return [
    {
      metric: 'accounts/s',
      value: median(rates.map((rate) => rate.shared)),
      anchor: median(rates.map((rate) => rate.alone)),
      bar: 1.5,
    },
  ]
}
