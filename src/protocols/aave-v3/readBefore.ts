import { type Address, type PublicClient, zeroAddress } from 'viem'
import { aaveV3OracleAbi } from '../../../abis/aave-v3/oracle'
import { aaveV3PoolAbi } from '../../../abis/aave-v3/pool'
import { aaveV3PoolAddressesProviderAbi } from '../../../abis/aave-v3/poolAddressesProvider'
import { aaveV3ScaledTokenAbi } from '../../../abis/aave-v3/scaledToken'
import { aaveV3StableDebtTokenAbi } from '../../../abis/aave-v3/stableDebtToken'
import { erc20Abi } from '../../../abis/erc20'
import { readToken } from '../../runtime/readToken'
import type { CategoryBefore, MarketBefore, ReserveBefore } from './types'

const LAST_CATEGORY = 255
/** Categories asked for at once. */
const CATEGORY_BATCH = 32

type Market = { readonly provider: Address; readonly pool: Address }

/**
 * Reads a market as it stood at the end of a block; null when it did not exist yet.
 * Needs the state of that block: an archive node, unless the block is recent.
 */
export async function readBefore(client: PublicClient, market: Market, block: bigint): Promise<MarketBefore | null> {
  const exists = await client.getCode({ address: market.provider, blockNumber: block })
  if (exists === undefined) return null
  const at = { blockNumber: block } as const
  const oracle = await readOracle(client, market.provider, block)
  const pool = await client.getCode({ address: market.pool, ...at })
  if (pool === undefined) return { revision: null, oracle, reserves: [], categories: [] }
  const read = { address: market.pool, abi: aaveV3PoolAbi, ...at } as const
  const revision = Number(await client.readContract({ ...read, functionName: 'POOL_REVISION' }))
  const assets = await client.readContract({ ...read, functionName: 'getReservesList' })
  const sourceOf = (asset: Address) => readSource(client, oracle?.address, asset, block)
  return {
    revision,
    oracle,
    reserves: await Promise.all(assets.map((asset) => readReserve(client, market.pool, asset, sourceOf, block))),
    categories: await readCategories(client, market.pool, sourceOf, block),
  }
}

async function readOracle(
  client: PublicClient,
  provider: Address,
  blockNumber: bigint,
): Promise<MarketBefore['oracle']> {
  const read = { address: provider, abi: aaveV3PoolAddressesProviderAbi, blockNumber } as const
  const address = lower(await client.readContract({ ...read, functionName: 'getPriceOracle' }))
  if (address === zeroAddress) return null
  const ask = { address, abi: aaveV3OracleAbi, blockNumber } as const
  const baseCurrency = lower(await client.readContract({ ...ask, functionName: 'BASE_CURRENCY' }))
  const baseUnit = await client.readContract({ ...ask, functionName: 'BASE_CURRENCY_UNIT' })
  return { address, baseCurrency, baseUnit: String(baseUnit) }
}

async function readSource(client: PublicClient, oracle: Address | undefined, asset: Address, blockNumber: bigint) {
  if (oracle === undefined) return null
  const read = { address: oracle, abi: aaveV3OracleAbi, functionName: 'getSourceOfAsset', args: [asset] } as const
  const source = lower(await client.readContract({ ...read, blockNumber }))
  return source === zeroAddress ? null : source
}

async function readReserve(
  client: PublicClient,
  pool: Address,
  asset: Address,
  sourceOf: (asset: Address) => Promise<Address | null>,
  blockNumber: bigint,
): Promise<ReserveBefore> {
  const ofPool = { address: pool, abi: aaveV3PoolAbi, args: [asset], blockNumber } as const
  const data = await client.readContract({ ...ofPool, functionName: 'getReserveData' })
  const aToken = { address: data.aTokenAddress, abi: aaveV3ScaledTokenAbi, blockNumber } as const
  const debtToken = { address: data.variableDebtTokenAddress, abi: aaveV3ScaledTokenAbi, blockNumber } as const
  const balance = { address: asset, abi: erc20Abi, args: [data.aTokenAddress], blockNumber } as const
  // The pool counts its liquidity and deficits itself since 3.1 and 3.3.
  const liquidity = await client
    .readContract({ ...ofPool, functionName: 'getVirtualUnderlyingBalance' })
    .catch(() => client.readContract({ ...balance, functionName: 'balanceOf' }))
  const deficit = await client.readContract({ ...ofPool, functionName: 'getReserveDeficit' }).catch(() => 0n)
  const stableDebtToken = data.stableDebtTokenAddress === zeroAddress ? null : lower(data.stableDebtTokenAddress)
  return {
    asset: lower(asset),
    ...(await readToken(client, asset)),
    id: data.id,
    aToken: lower(data.aTokenAddress),
    variableDebtToken: lower(data.variableDebtTokenAddress),
    stableDebtToken,
    receiptRevision: Number(await client.readContract({ ...aToken, functionName: 'ATOKEN_REVISION' })),
    debtRevision: Number(await client.readContract({ ...debtToken, functionName: 'DEBT_TOKEN_REVISION' })),
    source: await sourceOf(asset),
    configuration: String(data.configuration),
    state: {
      supplyIndex: String(data.liquidityIndex),
      borrowIndex: String(data.variableBorrowIndex),
      supplyRate: String(data.currentLiquidityRate),
      borrowRate: String(data.currentVariableBorrowRate),
      totalSupply: String(await client.readContract({ ...aToken, functionName: 'scaledTotalSupply' })),
      totalBorrow: String(await client.readContract({ ...debtToken, functionName: 'scaledTotalSupply' })),
      liquidity: String(liquidity),
      accruedAt: String(data.lastUpdateTimestamp),
      accruedToTreasury: String(data.accruedToTreasury),
      deficit: String(deficit),
      stable: stableDebtToken === null ? null : await readStable(client, stableDebtToken, blockNumber),
    },
  }
}

async function readStable(client: PublicClient, address: Address, blockNumber: bigint) {
  const read = { address, abi: aaveV3StableDebtTokenAbi, functionName: 'getSupplyData', blockNumber } as const
  const [principal, , averageRate, accruedAt] = await client.readContract(read)
  return { principal: String(principal), rate: String(averageRate), accruedAt: String(accruedAt) }
}

async function readCategories(
  client: PublicClient,
  pool: Address,
  sourceOf: (asset: Address) => Promise<Address | null>,
  blockNumber: bigint,
): Promise<CategoryBefore[]> {
  const categories: CategoryBefore[] = []
  for (let first = 1; first <= LAST_CATEGORY; first += CATEGORY_BATCH) {
    const ids = Array.from({ length: Math.min(CATEGORY_BATCH, LAST_CATEGORY - first + 1) }, (_, index) => first + index)
    const found = await Promise.all(ids.map((id) => readCategory(client, pool, id, sourceOf, blockNumber)))
    categories.push(...found.filter((category) => category !== null))
  }
  return categories
}

async function readCategory(
  client: PublicClient,
  address: Address,
  id: number,
  sourceOf: (asset: Address) => Promise<Address | null>,
  blockNumber: bigint,
): Promise<CategoryBefore | null> {
  const read = { address, abi: aaveV3PoolAbi, args: [id], blockNumber } as const
  const ratios = await client
    .readContract({ ...read, functionName: 'getEModeCategoryCollateralConfig' })
    .catch(() => null)
  if (ratios === null) return readCategoryV30(client, address, id, sourceOf, blockNumber)
  if (ratios.liquidationThreshold === 0) return null
  const bitmap = (functionName: `getEModeCategory${'Collateral' | 'Borrowable' | 'Ltvzero'}Bitmap`) =>
    client.readContract({ ...read, functionName }).catch(() => 0n)
  return {
    id,
    label: await client.readContract({ ...read, functionName: 'getEModeCategoryLabel' }),
    ...ratios,
    priced: null,
    source: null,
    bitmaps: {
      collateral: String(await bitmap('getEModeCategoryCollateralBitmap')),
      borrowable: String(await bitmap('getEModeCategoryBorrowableBitmap')),
      ltvZero: String(await bitmap('getEModeCategoryLtvzeroBitmap')),
    },
  }
}

async function readCategoryV30(
  client: PublicClient,
  address: Address,
  id: number,
  sourceOf: (asset: Address) => Promise<Address | null>,
  blockNumber: bigint,
): Promise<CategoryBefore | null> {
  const read = { address, abi: aaveV3PoolAbi, args: [id], blockNumber } as const
  const { priceSource, ...rest } = await client.readContract({ ...read, functionName: 'getEModeCategoryData' })
  if (rest.liquidationThreshold === 0) return null
  const priced = priceSource === zeroAddress ? null : lower(priceSource)
  return { id, ...rest, priced, source: priced && (await sourceOf(priced)), bitmaps: null }
}

function lower(address: Address): Address {
  return address.toLowerCase() as Address
}
