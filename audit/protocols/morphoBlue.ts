import type { Address } from 'viem'
import { morphoBlueAbi } from '../../abis/morpho-blue/morpho'
import { morphoOracleAbi } from '../../abis/morpho-blue/oracle'
import { morphoRateModelAbi } from '../../abis/morpho-blue/rateModel'
import type { MarketFact } from '../../src/api/facts'
import { liquidationIncentive } from '../../src/protocols/morpho-blue/transitions'
import type { View } from '../../views/types'
import type { Auditor, AuditQuestion, Expectation } from '../types'

const protocol = 'morpho-blue'

/** With more markets than this an account is asked about those only in which it has a row: with thousands of markets the rest would cost more than it tells. */
const marketsAskedWhole = 50

/** Markets by what Morpho stores of them, their terms, their rate at target and their oracle; accounts by the three numbers Morpho keeps of each. */
export const auditMorphoBlue: Auditor = (question) => {
  const own = question.facts.markets.filter((market) => market.protocol === protocol)
  const [contract] = own.filter(({ kind }) => kind === 'pool')
  const markets = own.filter(({ kind }) => kind === 'market')
  return markets.flatMap((market) => {
    // Behind its contract's address where a chain has several.
    const [id, named] = market.market.split(':').reverse() as [string, string?]
    const address = (named ?? contract?.unit) as Address | undefined
    if (address === undefined) return []
    const view = (functionName: string, ...args: readonly unknown[]): View => ({
      ...{ address, abi: morphoBlueAbi, functionName },
      args: [id, ...args],
    })
    return [
      ...ofMarket(question, market.market, view),
      ...ofCurve(question, market.market, id),
      ...ofOracle(question, market.market),
      ...ofAccounts(question, market, markets.length <= marketsAskedWhole, { contract: address, view }),
    ]
  })
}

type Ask = (functionName: string, ...args: readonly unknown[]) => View

const part = (subject: string, figure: string, view: View, index: number, expected: unknown): Expectation => ({
  ...{ protocol, subject, figure, view, expected },
  pick: (answer: readonly unknown[]) => answer[index],
})

function ofMarket({ facts }: AuditQuestion, market: string, view: Ask): Expectation[] {
  const isOwn = (row: { readonly protocol: string; readonly market: string }) =>
    row.protocol === protocol && row.market === market
  const state = facts.marketStates.find(isOwn)
  const terms = facts.marketParameters.find(isOwn)
  if (state === undefined || terms === undefined) return []
  const stored = (figure: string, index: number, expected: unknown) =>
    part(market, figure, view('market'), index, expected)
  const lltv = (figure: string, expected: unknown): Expectation => ({
    ...part(market, figure, view('idToMarketParams'), 4, expected),
  })
  const incentive: Expectation = {
    ...lltv('liquidation incentive', terms.liquidationIncentive),
    pick: (answer: readonly unknown[]) => liquidationIncentive(answer[4] as bigint),
  }
  return [
    stored('assets supplied', 0, state.supplyIndex),
    stored('shares supplied', 1, state.totalSupply),
    stored('assets owed', 2, state.borrowIndex),
    stored('shares owed', 3, state.totalBorrow),
    stored('last accrual', 4, state.accruedAt),
    stored('fee', 5, terms.reserveFactor ?? '0'),
    lltv('loan to value', terms.maxLtv),
    lltv('liquidation threshold', terms.liquidationThreshold),
    incentive,
  ]
}

function ofCurve({ facts, rateModels }: AuditQuestion, market: string, id: string): Expectation[] {
  const state = facts.marketStates.find((row) => row.protocol === protocol && row.market === market)
  const address = rateModels.get(market)
  if (state?.rateAtTarget == null || address === undefined) return []
  const view = { address, abi: morphoRateModelAbi, functionName: 'rateAtTarget', args: [id] }
  return [{ protocol, subject: market, figure: 'rate at target', view, expected: state.rateAtTarget }]
}

/** An oracle without a price has nothing that could be compared. */
function ofOracle({ facts }: AuditQuestion, market: string): Expectation[] {
  const terms = facts.marketParameters.find((row) => row.protocol === protocol && row.market === market)
  const known = facts.prices.find(({ feed, status }) => feed === terms?.priceSource && status === 'polled')
  if (known === undefined) return []
  const oracle = known.feed.slice(0, 42) as Address
  const view = { address: oracle, abi: morphoOracleAbi, functionName: 'price' }
  return [{ protocol, subject: oracle, figure: 'price', view, expected: known.answer }]
}

function ofAccounts(
  { accounts, facts, holdings }: AuditQuestion,
  { market }: MarketFact,
  isAskedWhole: boolean,
  { contract, view }: { readonly contract: Address; readonly view: Ask },
): Expectation[] {
  const holders = new Set(
    facts.positions.filter((row) => row.protocol === protocol && row.market === market).map(({ account }) => account),
  )
  return accounts.flatMap((account) => {
    if (!isAskedWhole && !holders.has(account)) return []
    return ['supply', 'borrow', 'collateral'].flatMap((side, index) => {
      const expected = holdings({ protocol, contract, market, account, side })
      return expected === null
        ? []
        : [part(account, `${side} of ${market}`, view('position', account), index, expected)]
    })
  })
}
