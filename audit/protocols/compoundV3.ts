import type { Address } from 'viem'
import { cometAbi } from '../../abis/compound-v3/comet'
import { cometMarkets, hasFlag, cometProtocol as protocol } from '../../src/api/protocols/cometFacts'
import type { Auditor, Expectation, View } from '../types'

interface TotalsBasic {
  readonly baseSupplyIndex: bigint
  readonly baseBorrowIndex: bigint
  readonly totalSupplyBase: bigint
  readonly totalBorrowBase: bigint
  readonly lastAccrualTime: number
}

/** Comets by what they store of interest and totals; accounts by their principal and every collateral. */
export const auditCompoundV3: Auditor = ({ facts, accounts }) =>
  [...cometMarkets(facts).values()].flatMap(({ market, state, parameters }): Expectation[] => {
    // What no longer answers is counted for nothing already.
    if (hasFlag(parameters, 'refused')) return []
    const view = (functionName: string, ...args: readonly unknown[]): View => ({
      ...{ address: market.unit as Address, abi: cometAbi, functionName, args },
    })
    const heldBy = (account: string, side: string) =>
      facts.positions.find(
        (row) =>
          row.protocol === protocol && row.market === market.market && row.account === account && row.side === side,
      )?.raw ?? '0'
    if (market.kind === 'collateral') {
      const first = (answer: readonly unknown[]) => answer[0]
      const of = (subject: string, figure: string, asked: View, expected: unknown): Expectation => ({
        ...{ protocol, subject, figure, view: asked, pick: first, expected },
      })
      return [
        of(market.market, 'collateral', view('totalsCollateral', market.token), state.totalSupply),
        ...accounts.map((account) =>
          of(
            account,
            `collateral in ${market.market}`,
            view('userCollateral', account, market.token),
            heldBy(account, 'collateral'),
          ),
        ),
      ]
    }
    const total = (figure: string, name: keyof TotalsBasic, expected: unknown): Expectation => ({
      ...{ protocol, subject: market.market, figure, view: view('totalsBasic'), expected },
      pick: (totals: TotalsBasic) => totals[name],
    })
    return [
      total('supply index', 'baseSupplyIndex', state.supplyIndex),
      total('borrow index', 'baseBorrowIndex', state.borrowIndex),
      total('principal supplied', 'totalSupplyBase', state.totalSupply),
      total('principal owed', 'totalBorrowBase', state.totalBorrow),
      total('last accrual', 'lastAccrualTime', state.accruedAt),
      ...accounts.map(
        (account): Expectation => ({
          ...{ protocol, subject: account, figure: `principal in ${market.market}`, view: view('userBasic', account) },
          pick: (answer: readonly unknown[]) => answer[0],
          expected: BigInt(heldBy(account, 'supply')) - BigInt(heldBy(account, 'borrow')),
        }),
      ),
    ]
  })
