import { type Address, maxUint256 } from 'viem'
import { aaveV3PoolAbi } from '../../abis/aave-v3/pool'
import { aaveV3PoolViewsAbi } from '../../abis/aave-v3/poolViews'
import { aaveV3ScaledTokenAbi } from '../../abis/aave-v3/scaledToken'
import { aaveV3StableDebtTokenAbi } from '../../abis/aave-v3/stableDebtToken'
import type { MarketFact } from '../../src/api/facts'
import { readAaveMarkets } from '../../src/api/protocols/aaveMarkets'
import { readAaveV3 } from '../../src/api/protocols/aaveV3'
import type { MarketReading } from '../../src/api/protocols/marketReading'
import type { View } from '../../views/types'
import type { Auditor, AuditQuestion, Expectation } from '../types'
import { aaveV3Categories } from './aaveV3Categories'

const protocol = 'aave-v3'

/** Reserves by their accrued indexes, scaled totals and parameters; e-mode categories; accounts by every scaled balance, their flags, and the pool's own sum of it all. */
export const auditAaveV3: Auditor = (question) => {
  const { chain, facts, time } = question
  const reserves = facts.markets.filter((market) => market.protocol === protocol && market.kind === 'reserve')
  const readings = readAaveMarkets({ chain, time, facts })
  const pools = new Set(reserves.map(({ unit }) => unit as Address))
  return [
    ...reserves.flatMap((market) => {
      const reading = readings.find((row) => row.market === market.market)
      return reading === undefined || !hasFlag(reading.parameters, 'active') ? [] : ofReserve(market, reading)
    }),
    ...aaveV3Categories(facts),
    ...question.accounts.flatMap((account) => [
      ...reserves.flatMap((market) => ofBalance(question, market, account)),
      ...[...pools].flatMap((pool) => ofAccount(question, pool, account)),
    ]),
  ]
}

function hasFlag({ flags }: Pick<MarketReading['parameters'], 'flags'>, word: string): boolean {
  return flags.split(',').includes(word)
}

function ofReserve(market: MarketFact, { parameters, ...reading }: MarketReading): Expectation[] {
  const pool = (functionName: string): View => ({
    address: market.unit as Address,
    abi: aaveV3PoolViewsAbi,
    functionName,
    args: [market.token],
  })
  const total = (token: string | null): View => ({
    address: token as Address,
    abi: aaveV3ScaledTokenAbi,
    functionName: 'scaledTotalSupply',
  })
  const of = (figure: string, view: View, expected: unknown): Expectation => ({
    ...{ protocol, subject: market.market, figure, view, expected },
  })
  const configured = (figure: string, offset: bigint, bits: bigint, expected: unknown): Expectation => ({
    ...of(figure, pool('getConfiguration'), expected),
    pick: (configuration: bigint) => (configuration >> offset) & ((1n << bits) - 1n),
  })
  const flag = (word: string) => (hasFlag(parameters, word) ? 1 : 0)
  return [
    of('supply index', pool('getReserveNormalizedIncome'), reading.supplyIndex),
    of('borrow index', pool('getReserveNormalizedVariableDebt'), reading.borrowIndex),
    of('scaled supply', total(market.receipt), reading.scaledSupply),
    of('scaled debt', total(market.debtToken), reading.scaledBorrow),
    configured('loan to value', 0n, 16n, parameters.maxLtv),
    configured('liquidation threshold', 16n, 16n, parameters.liquidationThreshold),
    configured('liquidation incentive', 32n, 16n, parameters.liquidationIncentive),
    configured('active', 56n, 1n, flag('active')),
    configured('frozen', 57n, 1n, flag('frozen')),
    configured('borrowing', 58n, 1n, flag('borrowing')),
    configured('paused', 60n, 1n, flag('paused')),
    ...(parameters.decimals === null ? [] : [configured('decimals', 48n, 8n, parameters.decimals)]),
    ...(parameters.reserveFactor === null ? [] : [configured('reserve factor', 64n, 16n, parameters.reserveFactor)]),
    configured('borrow cap', 80n, 36n, parameters.borrowCap),
    configured('supply cap', 116n, 36n, parameters.supplyCap),
  ]
}

/** Also of a reserve of which the account is said to have nothing: a row may be missing. */
function ofBalance({ holdings }: AuditQuestion, market: MarketFact, account: Address): Expectation[] {
  const of = (side: string, token: string | null, view: Pick<View, 'abi' | 'functionName'>): Expectation[] => {
    const expected = holdings({ protocol, contract: market.unit, market: market.market, account, side })
    if (token === null || expected === null) return []
    const asked = { address: token as Address, ...view, args: [account] }
    return [{ protocol, subject: account, figure: `${side} of ${market.market}`, expected, view: asked }]
  }
  const scaled = { abi: aaveV3ScaledTokenAbi, functionName: 'scaledBalanceOf' }
  const principal = { abi: aaveV3StableDebtTokenAbi, functionName: 'principalBalanceOf' }
  return [
    ...of('supply', market.receipt, scaled),
    ...of('borrow', market.debtToken, scaled),
    ...of('borrowStable', market.stableDebtToken, principal),
  ]
}

function ofAccount({ chain, facts, time }: AuditQuestion, pool: Address, account: Address): Expectation[] {
  const own = facts.lendingAccounts.find(
    (row) => row.protocol === protocol && row.unit === pool && row.account === account,
  )
  // Older than the index and not heard of since: nothing is claimed about it.
  if (own === undefined && facts.openings?.some((row) => row.protocol === protocol && row.contract === pool)) return []
  const unit = readAaveV3({ chain, facts, account, time }).units.find((row) => row.unit === pool)
  const of = (figure: string, abi: View['abi'], functionName: string, expected: unknown): Expectation => ({
    ...{ protocol, subject: account, figure, expected },
    view: { address: pool, abi, functionName, args: [account] },
  })
  const data = (figure: string, index: number, expected: unknown): Expectation => ({
    ...of(figure, aaveV3PoolViewsAbi, 'getUserAccountData', expected),
    pick: (answer: readonly bigint[]) => answer[index],
  })
  return [
    of('e-mode', aaveV3PoolAbi, 'getUserEMode', own?.emode ?? 0),
    {
      ...of('collateral flags', aaveV3PoolAbi, 'getUserConfiguration', own?.collateralBitmap ?? '0'),
      pick: collateralFlags,
    },
    ...(unit === undefined || unit.collateralBaseRaw === null
      ? []
      : [
          data('collateral in base currency', 0, unit.collateralBaseRaw),
          data('debt in base currency', 1, unit.debtBaseRaw),
          data('health factor', 5, unit.healthFactorRaw ?? maxUint256),
        ]),
  ]
}

/** The upper of the two bits that the pool keeps for each reserve. */
function collateralFlags(configuration: bigint): bigint {
  let flags = 0n
  for (let id = 0n; configuration >> (2n * id) > 0n; id++) flags |= ((configuration >> (2n * id + 1n)) & 1n) << id
  return flags
}
