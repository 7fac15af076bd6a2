import type { Address } from 'viem'
import { cometAbi } from '../../abis/compound-v3/comet'
import { type CometMarket, cometMarkets, hasFlag, cometProtocol as protocol } from '../../src/api/protocols/cometFacts'
import { flagsOf, liquidationIncentive } from '../../src/protocols/compound-v3/transitions'
import type { View } from '../../views/types'
import type { Auditor, AuditQuestion, Expectation } from '../types'

interface TotalsBasic {
  readonly baseSupplyIndex: bigint
  readonly baseBorrowIndex: bigint
  readonly totalSupplyBase: bigint
  readonly totalBorrowBase: bigint
  readonly lastAccrualTime: number
  readonly pauseFlags: number
}

interface AssetInfo {
  readonly asset: Address
  readonly priceFeed: Address
  readonly borrowCollateralFactor: bigint
  readonly liquidateCollateralFactor: bigint
  readonly liquidationFactor: bigint
  readonly supplyCap: bigint
}

/** Comets by what they store of interest, totals and pauses, their assets by their terms; accounts by their principal and every collateral. */
export const auditCompoundV3: Auditor = (question) => {
  const markets = cometMarkets(question.facts)
  return [...markets.values()].flatMap((market): Expectation[] => {
    const comet = markets.get(market.market.unit)
    // What no longer answers is counted for nothing already.
    if (comet === undefined || hasFlag(comet.parameters, 'refused')) return []
    return market.market.kind === 'collateral' ? ofCollateral(question, market) : ofBase(question, market)
  })
}

const viewOf =
  ({ market }: CometMarket) =>
  (functionName: string, ...args: readonly unknown[]): View => ({
    ...{ address: market.unit as Address, abi: cometAbi, functionName, args },
  })

function ofBase({ accounts, holdings }: AuditQuestion, comet: CometMarket): Expectation[] {
  const { market, state, parameters } = comet
  const view = viewOf(comet)
  const total = (figure: string, name: keyof TotalsBasic, expected: unknown): Expectation => ({
    ...{ protocol, subject: market.market, figure, view: view('totalsBasic'), expected },
    pick: (totals: TotalsBasic) => totals[name],
  })
  const held = (account: Address, side: string) =>
    holdings({ protocol, contract: market.unit, market: market.market, account, side })
  return [
    total('supply index', 'baseSupplyIndex', state.supplyIndex),
    total('borrow index', 'baseBorrowIndex', state.borrowIndex),
    total('principal supplied', 'totalSupplyBase', state.totalSupply),
    total('principal owed', 'totalBorrowBase', state.totalBorrow),
    total('last accrual', 'lastAccrualTime', state.accruedAt),
    {
      ...total('pauses', 'pauseFlags', parameters.flags),
      pick: ({ pauseFlags }: TotalsBasic) => flagsOf(pauseFlags),
    },
    ...accounts.flatMap((account): Expectation[] => {
      const [supply, borrow] = [held(account, 'supply'), held(account, 'borrow')]
      if (supply === null || borrow === null) return []
      const figure = `principal in ${market.market}`
      return [
        {
          ...{ protocol, subject: account, figure, view: view('userBasic', account), expected: supply - borrow },
          pick: (answer: readonly unknown[]) => answer[0],
        },
      ]
    }),
  ]
}

function ofCollateral({ accounts, holdings }: AuditQuestion, collateral: CometMarket): Expectation[] {
  const { market, state, parameters } = collateral
  const view = viewOf(collateral)
  const of = (subject: string, figure: string, asked: View, expected: unknown): Expectation => ({
    ...{ protocol, subject, figure, view: asked, expected },
    pick: (answer: readonly unknown[]) => answer[0],
  })
  const term = (figure: string, expected: unknown, pick: (info: AssetInfo) => unknown): Expectation => ({
    ...of(market.market, figure, view('getAssetInfo', market.marketIndex), expected),
    pick,
  })
  return [
    of(market.market, 'collateral', view('totalsCollateral', market.token), state.totalSupply),
    ...(market.marketIndex === null
      ? []
      : [
          term('asset', market.token, ({ asset }) => asset),
          term('price source', market.oracle, ({ priceFeed }) => priceFeed),
          term('loan to value', parameters.maxLtv, ({ borrowCollateralFactor }) => borrowCollateralFactor),
          term('liquidation threshold', parameters.liquidationThreshold, (info) => info.liquidateCollateralFactor),
          term('liquidation incentive', parameters.liquidationIncentive, ({ liquidationFactor }) =>
            liquidationIncentive(liquidationFactor),
          ),
          term('supply cap', parameters.supplyCap, ({ supplyCap }) => supplyCap),
        ]),
    ...accounts.flatMap((account) => {
      const key = { protocol, contract: market.unit, market: market.market, account, side: 'collateral' }
      const expected = holdings(key)
      const figure = `collateral in ${market.market}`
      return expected === null ? [] : [of(account, figure, view('userCollateral', account, market.token), expected)]
    }),
  ]
}
