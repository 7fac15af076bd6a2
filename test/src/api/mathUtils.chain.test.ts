import { formatReserves, formatUserSummary } from '@aave/math-utils'
import type { Address } from 'viem'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readContract } from '../../../devnet/chain/readContract'
import type { DevnetChain } from '../../../devnet/types'
import { isPledged } from '../../../simulator/actions/look'
import { fetchJson } from '../../../simulator/check/fetchJson'
import { readTruth } from '../../../simulator/truth/readTruth'
import type { AccountTruth, ChainTruth } from '../../../simulator/truth/types'
import type { SimulatedContracts } from '../../../simulator/types'
import { type Stack, startStack } from './support/startStack'

/** Aave's own library divides in decimals where the pool rounds each position to whole units of its base currency (1e-8 dollars). */
const toleranceOf = ({ collateralBase, debtBase, holdings }: AccountTruth) =>
  1e-9 + (2 * holdings.length) / Number(collateralBase < debtBase ? collateralBase : debtBase)
const oracleDecimals = 8
const oneDollar = '100000000'

interface ReserveRow {
  readonly id: number
  readonly liquidityIndex: bigint
  readonly variableBorrowIndex: bigint
  readonly currentLiquidityRate: bigint
  readonly currentVariableBorrowRate: bigint
  readonly lastUpdateTimestamp: number
}

/** Reserves as the library wants them, all from view functions at the block. */
async function libraryReserves(chain: DevnetChain, truth: ChainTruth) {
  const { pool } = chain.contracts.aave!
  const view = <T>(functionName: string, ...args: readonly unknown[]) =>
    readContract<T>(chain, pool, functionName, args, { blockHash: truth.blockHash })
  const rows = await Promise.all(truth.reserves.map(({ asset }) => view<ReserveRow>('getReserveData', asset)))
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

let stack: Stack
beforeAll(async () => {
  stack = await startStack({ seed: 11, chains: 1 })
})
afterAll(() => stack?.stop())

it('agrees with Aave’s own library on every health factor, e-mode included', async () => {
  const chain = stack.devnet.chain('alpha')
  const accounts = stack.devnet.accounts.map(({ address }) => address as Address)
  const { number, hash, timestamp } = await chain.client.getBlock()
  const block = { number, hash, timestamp: Number(timestamp) }
  const truth = await readTruth(chain, chain.contracts as SimulatedContracts, accounts, block)
  const reserves = await libraryReserves(chain, truth)
  const compared = { plain: 0, emode: 0 }
  for (const account of truth.accounts) {
    const path = `/v1/accounts/${account.account}/collateral?finality=latest&at=alpha:${number}`
    const { lendingUnits } = await fetchJson<{ lendingUnits: { chain: string; healthFactor: string | null }[] }>(
      stack.server.url,
      path,
    )
    const answered = lendingUnits.find((unit) => unit.chain === 'alpha')?.healthFactor ?? null
    if (account.debtBase === 0n) {
      expect(answered).toBeNull()
      continue
    }
    const expected = libraryHealthFactor(truth, account, reserves)
    expect(Math.abs(Number(answered) / expected - 1)).toBeLessThan(toleranceOf(account))
    compared[account.emode === 0 ? 'plain' : 'emode'] += 1
  }
  expect(compared.plain).toBeGreaterThan(5)
  expect(compared.emode).toBeGreaterThan(1)
}, 120_000)
