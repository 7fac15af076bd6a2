import { type Address, maxUint256 } from 'viem'
import { aaveV3PoolAbi } from '../../abis/aave-v3/pool'
import { aaveV3PoolViewsAbi } from '../../abis/aave-v3/poolViews'
import { aaveV3ScaledTokenAbi } from '../../abis/aave-v3/scaledToken'
import { aaveV3StableDebtTokenAbi } from '../../abis/aave-v3/stableDebtToken'
import type { MarketFact } from '../../src/api/facts'
import { readAaveMarkets } from '../../src/api/protocols/aaveMarkets'
import { readAaveV3 } from '../../src/api/protocols/aaveV3'
import type { MarketReading } from '../../src/api/protocols/marketReading'
import type { Auditor, AuditQuestion, Expectation, View } from '../types'

const protocol = 'aave-v3'

/** Reserves by their accrued indexes, scaled totals and parameters; accounts by every scaled balance, their flags, and the pool's own sum of it all. */
export const auditAaveV3: Auditor = (question) => {
  const { chain, facts, time } = question
  const reserves = facts.markets.filter((market) => market.protocol === protocol && market.kind === 'reserve')
  const readings = readAaveMarkets({ chain, time, facts })
  const pools = new Set(reserves.map(({ unit }) => unit as Address))
  return [
    ...reserves.flatMap((market) => {
      const reading = readings.find((row) => row.market === market.market)
      return reading === undefined || !isListed(reading) ? [] : ofReserve(market, reading)
    }),
    ...question.accounts.flatMap((account) => [
      ...reserves.flatMap((market) => ofBalance(question, market, account)),
      ...[...pools].flatMap((pool) => ofAccount(question, pool, account)),
    ]),
  ]
}

/** A dropped reserve has no views of its own any more. */
function isListed({ parameters }: MarketReading): boolean {
  return parameters.flags.split(',').includes('active')
}

function ofReserve(market: MarketFact, reading: MarketReading): Expectation[] {
  const pool = (functionName: string): View => ({
    address: market.unit as Address,
    abi: aaveV3PoolViewsAbi,
    functionName,
    args: [market.token],
  })
  const token = (address: string | null): View => ({
    address: address as Address,
    abi: aaveV3ScaledTokenAbi,
    functionName: 'scaledTotalSupply',
  })
  const of = (figure: string, view: View, expected: unknown, pick?: Expectation['pick']): Expectation => ({
    ...{ protocol, subject: market.market, figure, view, expected },
    ...(pick && { pick }),
  })
  const field = (offset: bigint, bits: bigint) => (configuration: bigint) =>
    (configuration >> offset) & ((1n << bits) - 1n)
  const { parameters } = reading
  const configured = (figure: string, offset: bigint, bits: bigint, expected: unknown) =>
    of(figure, pool('getConfiguration'), expected, field(offset, bits))
  return [
    of('supply index', pool('getReserveNormalizedIncome'), reading.supplyIndex),
    of('borrow index', pool('getReserveNormalizedVariableDebt'), reading.borrowIndex),
    of('scaled supply', token(market.receipt), reading.scaledSupply),
    of('scaled debt', token(market.debtToken), reading.scaledBorrow),
    configured('loan to value', 0n, 16n, parameters.maxLtv),
    configured('liquidation threshold', 16n, 16n, parameters.liquidationThreshold),
    configured('liquidation incentive', 32n, 16n, parameters.liquidationIncentive),
    configured('frozen', 57n, 1n, flag(parameters.flags, 'frozen')),
    configured('borrowing', 58n, 1n, flag(parameters.flags, 'borrowing')),
    configured('paused', 60n, 1n, flag(parameters.flags, 'paused')),
    configured('reserve factor', 64n, 16n, parameters.reserveFactor ?? 0n),
    configured('borrow cap', 80n, 36n, parameters.borrowCap),
    configured('supply cap', 116n, 36n, parameters.supplyCap),
  ]
}

function flag(flags: string, word: string): bigint {
  return flags.split(',').includes(word) ? 1n : 0n
}

/** Also of a reserve of which the account is said to have nothing: a row may be missing. */
function ofBalance({ facts }: AuditQuestion, market: MarketFact, account: Address): Expectation[] {
  const rawOf = (side: string) =>
    facts.positions.find(
      (row) =>
        row.protocol === protocol && row.market === market.market && row.account === account && row.side === side,
    )?.raw ?? 0n
  const of = (side: string, address: string | null, view: Pick<View, 'abi' | 'functionName'>): Expectation[] =>
    address === null
      ? []
      : [
          {
            ...{ protocol, subject: account, figure: `${side} of ${market.market}`, expected: rawOf(side) },
            view: { address: address as Address, ...view, args: [account] },
          },
        ]
  const scaled = { abi: aaveV3ScaledTokenAbi, functionName: 'scaledBalanceOf' }
  return [
    ...of('supply', market.receipt, scaled),
    ...of('borrow', market.debtToken, scaled),
    ...of('borrowStable', market.stableDebtToken, {
      abi: aaveV3StableDebtTokenAbi,
      functionName: 'principalBalanceOf',
    }),
  ]
}

function ofAccount({ chain, facts, time }: AuditQuestion, pool: Address, account: Address): Expectation[] {
  const own = facts.lendingAccounts.find(
    (row) => row.protocol === protocol && row.unit === pool && row.account === account,
  )
  const unit = readAaveV3({ chain, facts, account, time }).units.find((row) => row.unit === pool)
  const of = (
    figure: string,
    abi: View['abi'],
    functionName: string,
    expected: unknown,
    pick?: Expectation['pick'],
  ): Expectation => ({
    ...{ protocol, subject: account, figure, expected },
    view: { address: pool, abi, functionName, args: [account] },
    ...(pick && { pick }),
  })
  const data = (figure: string, index: number, expected: unknown) =>
    of(figure, aaveV3PoolViewsAbi, 'getUserAccountData', expected, (answer: readonly bigint[]) => answer[index])
  const isKnown = unit !== undefined && unit.collateralBaseRaw !== null
  return [
    of('e-mode', aaveV3PoolAbi, 'getUserEMode', own?.emode ?? 0),
    of(
      'collateral flags',
      aaveV3PoolAbi,
      'getUserConfiguration',
      BigInt(own?.collateralBitmap ?? '0'),
      collateralFlags,
    ),
    ...(isKnown
      ? [
          data('collateral in base currency', 0, unit.collateralBaseRaw),
          data('debt in base currency', 1, unit.debtBaseRaw),
          data('health factor', 5, unit.healthFactorRaw ?? maxUint256),
        ]
      : []),
  ]
}

/** The upper of the two bits that the pool keeps for each reserve. */
function collateralFlags(configuration: bigint): bigint {
  let flags = 0n
  for (let id = 0n; configuration >> (2n * id) > 0n; id++) flags |= ((configuration >> (2n * id + 1n)) & 1n) << id
  return flags
}
