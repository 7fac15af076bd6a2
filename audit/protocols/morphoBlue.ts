import type { Address } from 'viem'
import { morphoBlueAbi } from '../../abis/morpho-blue/morpho'
import { morphoOracleAbi } from '../../abis/morpho-blue/oracle'
import type { MarketFact } from '../../src/api/facts'
import type { Auditor, Expectation } from '../types'

const protocol = 'morpho-blue'

/** Markets by what Morpho stores of them, their terms and their oracle; accounts by the three numbers Morpho keeps of each. */
export const auditMorphoBlue: Auditor = ({ facts, accounts }) => {
  const markets = facts.markets.filter((market) => market.protocol === protocol && market.kind === 'market')
  return markets.flatMap((market) => {
    const view = (functionName: string, ...args: readonly unknown[]) => ({
      ...{ address: market.unit as Address, abi: morphoBlueAbi, functionName },
      args: [market.market, ...args],
    })
    const own = <T extends { readonly protocol: string; readonly market: string }>(rows: readonly T[]) =>
      rows.find((row) => row.protocol === protocol && row.market === market.market)
    const state = own(facts.marketStates)
    const terms = own(facts.marketParameters)
    const of = (subject: string, figure: string, asked: Expectation['view'], index: number, expected: unknown) => ({
      ...{ protocol, subject, figure, view: asked, expected },
      pick: (answer: readonly unknown[]) => answer[index],
    })
    const stored =
      state === undefined ? [] : [state.supplyIndex, state.totalSupply, state.borrowIndex, state.totalBorrow]
    const names = ['assets supplied', 'shares supplied', 'assets owed', 'shares owed']
    const sides = ['supply', 'borrow', 'collateral']
    return [
      ...stored.map((expected, index) => of(market.market, names[index]!, view('market'), index, expected)),
      ...(state === undefined ? [] : [of(market.market, 'last accrual', view('market'), 4, state.accruedAt)]),
      ...(terms === undefined
        ? []
        : [
            of(market.market, 'fee', view('market'), 5, terms.reserveFactor ?? '0'),
            of(market.market, 'liquidation threshold', view('idToMarketParams'), 4, terms.liquidationThreshold),
          ]),
      ...ofOracle(facts.prices, market),
      ...accounts.flatMap((account) =>
        sides.map((side, index) => {
          const held = facts.positions.find(
            (row) =>
              row.protocol === protocol && row.market === market.market && row.account === account && row.side === side,
          )
          return of(account, `${side} of ${market.market}`, view('position', account), index, held?.raw ?? '0')
        }),
      ),
    ]
  })
}

/** An oracle without a price has nothing that could be compared. */
function ofOracle(
  prices: readonly { readonly feed: string; readonly answer: string; readonly status: string }[],
  { oracle }: MarketFact,
): Expectation[] {
  const known = prices.find(({ feed, answer }) => feed === oracle && BigInt(answer) > 0n)
  if (known === undefined) return []
  const view = { address: known.feed as Address, abi: morphoOracleAbi, functionName: 'price' }
  return [{ protocol, subject: known.feed, figure: 'price', view, expected: known.answer }]
}
