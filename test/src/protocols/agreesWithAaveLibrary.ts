import { formatReserves, formatUserSummary } from '@aave/math-utils'
import type { Address } from 'viem'
import { expect } from 'vitest'
import { readContract } from '../../../devnet/chain/readContract'
import type { DevnetChain } from '../../../devnet/types'
import { isPledged } from '../../../simulator/actions/look'
import { fetchJson } from '../../../simulator/check/fetchJson'
import { readTruth } from '../../../simulator/truth/readTruth'
import type { AccountTruth, ChainTruth, ReserveTruth } from '../../../simulator/truth/types'
import type { SimulatedContracts } from '../../../simulator/types'
import type { Stack } from '../api/support/startStack'

const oracleDecimals = 8
const oneDollar = '100000000'
const secondsPerYear = 365 * 86_400
const ray = 1e27

interface ReserveRow {
  readonly id: number
  readonly liquidityIndex: bigint
  readonly variableBorrowIndex: bigint
  readonly currentLiquidityRate: bigint
  readonly currentVariableBorrowRate: bigint
  readonly lastUpdateTimestamp: number
}

/**
 * By how much, relatively, the library may differ from the pool. Four things separate the two, each bounded here:
 *
 * 1. The pool rounds a balance to whole token units against the account, the library to the nearest: less than one unit apart, which of
 *    USDC (6 decimals) is worth 100 units of the base currency, of WBTC (8 decimals) tens of thousands.
 * 2. The pool then rounds a position's value to whole units of its base currency, the library not at all: less than one unit.
 * 3. Compound interest is the series of e^x in the pool and of (1 + x/n)^n in the library, both up to the cube, x being rate times time and n the
 *    seconds. Their squares are x²/2n apart, their cubes at most x times that.
 * 4. The library keeps the rate of one second, its square and its cube in whole rays (1e-27). Of the cube little is left: half a ray of it is
 *    n³/12 rays of interest, 4e-8 after ninety days without a transaction. This is what small accounts in quiet reserves show.
 *
 * A health factor is weighted collateral over debt, so that its relative error is at most the sum of both sides' errors over what they are. The
 * weight of a pledge is below 1, and the weighted collateral is the health factor times the debt.
 */
function toleranceOf(truth: ChainTruth, rows: readonly ReserveRow[], account: AccountTruth): number {
  const debt = Number(account.debtBase)
  const weightedCollateral = (Number(account.healthFactor) / 1e18) * debt
  const places = truth.reserves.map((reserve, index) => ({
    reserve,
    row: rows[index]!,
    holding: account.holdings[index]!,
  }))
  const pledged = places.filter(({ reserve, holding }) => holding.supply > 0n && isPledged(account, reserve))
  const owed = places.filter(({ holding }) => holding.debt > 0n)
  const roundings = (side: typeof places) => side.reduce((total, { reserve }) => total + unitInBase(reserve) + 1, 0)
  const series = owed.map(({ row }) => seriesGap(row, truth.timestamp))
  return roundings(pledged) / weightedCollateral + roundings(owed) / debt + Math.max(...series) + floatNoise
}

/** Health factors are compared as floats. */
const floatNoise = 1e-14
const unitInBase = ({ price, decimals }: ReserveTruth) => Number(price) / 10 ** decimals

function seriesGap({ currentVariableBorrowRate, lastUpdateTimestamp }: ReserveRow, timestamp: number): number {
  const seconds = timestamp - lastUpdateTimestamp
  const interest = (Number(currentVariableBorrowRate) / ray) * (seconds / secondsPerYear)
  const roundedPowers = (seconds + seconds ** 2 / 4 + seconds ** 3 / 12) / ray
  return seconds === 0 ? 0 : (interest ** 2 * (1 + interest)) / (2 * seconds) + roundedPowers
}

/** What the pool stores of each reserve, in the order of the truth. */
function storedReserves(chain: DevnetChain, truth: ChainTruth): Promise<ReserveRow[]> {
  const { pool } = chain.contracts.aave!
  const read = (asset: Address) =>
    readContract<ReserveRow>(chain, pool, 'getReserveData', [asset], { blockHash: truth.blockHash })
  return Promise.all(truth.reserves.map(({ asset }) => read(asset)))
}

/** Reserves as the library wants them, all from view functions at the block. */
async function libraryReserves(chain: DevnetChain, truth: ChainTruth, rows: readonly ReserveRow[]) {
  const { pool } = chain.contracts.aave!
  const view = <T>(functionName: string, ...args: readonly unknown[]) =>
    readContract<T>(chain, pool, functionName, args, { blockHash: truth.blockHash })
  const category = await view<{ ltv: number; liquidationThreshold: number; liquidationBonus: number }>(
    'getEModeCategoryCollateralConfig',
    1,
  )
  const bitmap = async (name: string) => (await view<bigint>(name, 1)).toString(2)
  const eModes = [
    {
      id: 1,
      eMode: {
        ltv: String(category.ltv),
        liquidationThreshold: String(category.liquidationThreshold),
        liquidationBonus: String(category.liquidationBonus),
        collateralBitmap: await bitmap('getEModeCategoryCollateralBitmap'),
        borrowableBitmap: await bitmap('getEModeCategoryBorrowableBitmap'),
        ltvzeroBitmap: await bitmap('getEModeCategoryLtvzeroBitmap'),
        isolated: false,
        label: '',
      },
    },
  ]
  const reserves = truth.reserves.map((reserve, index) => {
    const row = rows[index]!
    return {
      ...{ originalId: row.id, id: reserve.asset, symbol: '', name: '', decimals: reserve.decimals },
      ...{ underlyingAsset: reserve.asset, usageAsCollateralEnabled: true, reserveFactor: '0' },
      baseLTVasCollateral: String(reserve.configuration & 0xffffn),
      reserveLiquidationThreshold: String((reserve.configuration >> 16n) & 0xffffn),
      reserveLiquidationBonus: String((reserve.configuration >> 32n) & 0xffffn),
      liquidityIndex: String(row.liquidityIndex),
      variableBorrowIndex: String(row.variableBorrowIndex),
      liquidityRate: String(row.currentLiquidityRate),
      variableBorrowRate: String(row.currentVariableBorrowRate),
      lastUpdateTimestamp: row.lastUpdateTimestamp,
      priceInMarketReferenceCurrency: String(reserve.price),
      ...{ availableLiquidity: '0', totalScaledVariableDebt: '0', borrowCap: '0', supplyCap: '0', deficit: '0' },
      ...{ debtCeiling: '0', debtCeilingDecimals: 2, isolationModeTotalDebt: '0', virtualUnderlyingBalance: '0' },
    }
  })
  return formatReserves({
    ...{ reserves, eModes, currentTimestamp: truth.timestamp },
    ...{ marketReferencePriceInUsd: oneDollar, marketReferenceCurrencyDecimals: oracleDecimals },
  })
}

function libraryHealthFactor(
  truth: ChainTruth,
  account: AccountTruth,
  formattedReserves: Awaited<ReturnType<typeof libraryReserves>>,
): number {
  const summary = formatUserSummary({
    userReserves: truth.reserves.map((reserve, index) => ({
      underlyingAsset: reserve.asset,
      scaledATokenBalance: String(account.holdings[index]!.scaledSupply),
      scaledVariableDebt: String(account.holdings[index]!.scaledDebt),
      usageAsCollateralEnabledOnUser: isPledged(account, reserve),
    })),
    formattedReserves,
    ...{ marketReferencePriceInUsd: oneDollar, marketReferenceCurrencyDecimals: oracleDecimals },
    ...{ currentTimestamp: truth.timestamp, userEmodeCategoryId: account.emode },
  })
  return Number(summary.healthFactor)
}

/** Compares every health factor on alpha, e-mode included, with what Aave's own library makes of the pool's facts. */
export async function agreesWithAaveLibrary(stack: Stack): Promise<void> {
  const chain = stack.devnet.chain('alpha')
  const accounts = stack.devnet.accounts.map(({ address }) => address as Address)
  const { number, hash, timestamp } = await chain.client.getBlock()
  const block = { number, hash, timestamp: Number(timestamp) }
  const truth = await readTruth(chain, chain.contracts as SimulatedContracts, accounts, block)
  const rows = await storedReserves(chain, truth)
  const reserves = await libraryReserves(chain, truth, rows)
  const compared = { plain: 0, emode: 0 }
  const tolerances: number[] = []
  for (const account of truth.accounts) {
    const path = `/v1/accounts/${account.account}/collateral?finality=latest&at=alpha:${number}`
    const { lendingUnits } = await fetchJson<{
      lendingUnits: { protocol: string; chain: string; healthFactor: string | null }[]
    }>(stack.server.url, path)
    const answered =
      lendingUnits.find((unit) => unit.chain === 'alpha' && unit.protocol === 'aave-v3')?.healthFactor ?? null
    if (account.debtBase === 0n) {
      expect(answered).toBeNull()
      continue
    }
    const tolerance = toleranceOf(truth, rows, account)
    const expected = libraryHealthFactor(truth, account, reserves)
    expect(Math.abs(Number(answered) / expected - 1), account.account).toBeLessThanOrEqual(tolerance)
    tolerances.push(tolerance)
    compared[account.emode === 0 ? 'plain' : 'emode'] += 1
  }
  expect(compared.plain).toBeGreaterThan(5)
  expect(compared.emode).toBeGreaterThan(1)
  // A bound that everything stays within would be no comparison.
  expect(tolerances.toSorted((a, b) => a - b)[Math.floor(tolerances.length / 2)]).toBeLessThan(1e-7)
}
