/** Which oracle a pool uses, and which price source that oracle has for each reserve and (3.0) each e-mode category. */
import type { Address } from 'viem'
import { aaveV3OracleAbi } from '../../../../abis/aave-v3/oracle'
import { aaveV3PoolAbi } from '../../../../abis/aave-v3/pool'
import { aaveV3PoolAddressesProviderAbi as providerAbi } from '../../../../abis/aave-v3/poolAddressesProvider'
import { market, reserveSlot } from '../../../../ponder.schema'
import { requireFeed } from '../../../positions/pollFeed'
import { changeMarket, changeMarketParameters } from '../../../positions/write'
import type { Facts } from '../../../runtime/facts'
import { onEvent } from '../../../runtime/onEvent'
import { initialEmodeParameters, initialMarket } from '../initial'
import { emodeKey, poolKey, reserveKey } from '../keys'
import { deploymentOf, pools } from './deployments'

const isNone = (address: Address) => BigInt(address) === 0n

async function oracleOf({ store, stamp }: Facts, pool: Address): Promise<Address | null> {
  const row = await store.find(market, { chainId: stamp.chainId, ...poolKey(pool) })
  return (row?.oracle ?? null) as Address | null
}

/** The price source of an asset in the pool's oracle at this block, to be indexed from now on; null while there is none. */
export async function readSource(facts: Facts, pool: Address, asset: Address): Promise<Address | null> {
  const address = await oracleOf(facts, pool)
  if (address === null) return null
  const read = { address, abi: aaveV3OracleAbi, functionName: 'getSourceOfAsset', args: [asset] } as const
  const source = (await facts.views.readContract(read)).toLowerCase() as Address
  if (isNone(source)) return null
  await requireFeed(facts, source)
  return source
}

async function setReserveSource(facts: Facts, pool: Address, asset: Address, oracle: Address | null): Promise<void> {
  await changeMarket(facts, reserveKey(pool, asset), initialMarket('reserve', pool), () => ({ oracle }))
}

async function setCategorySource(
  facts: Facts,
  pool: Address,
  category: number,
  priceSource: Address | null,
): Promise<void> {
  await changeMarketParameters(facts, emodeKey(pool, category), initialEmodeParameters, () => ({ priceSource }))
}

async function listedAssets({ store, stamp: { chainId } }: Facts, pool: Address): Promise<Address[]> {
  const assets: Address[] = []
  for (let index = 0; ; index++) {
    const slot = await store.find(reserveSlot, { chainId, unit: pool, index })
    if (slot === null) return assets
    if (slot.token !== null) assets.push(slot.token as Address)
  }
}

/** The categories that have a price of their own, by the asset whose source in the oracle gives it. */
async function pricedCategories({ store, stamp: { chainId } }: Facts, pool: Address): Promise<Map<number, Address>> {
  const categories = new Map<number, Address>()
  const own = await store.find(market, { chainId, ...poolKey(pool) })
  const last = (own?.marketIndex ?? 0) as number
  for (let category = 1; category <= last; category++) {
    const row = await store.find(market, { chainId, ...emodeKey(pool, category) })
    if (row !== null && row.token !== null) categories.set(category, row.token as Address)
  }
  return categories
}

const ofOracle = (contract: string) => [
  onEvent(contract, aaveV3OracleAbi, 'AssetSourceUpdated', async (facts, { args, address }) => {
    const source = isNone(args.source) ? null : args.source
    for (const pool of pools) {
      if ((await oracleOf(facts, pool)) !== address) continue
      const assets = await listedAssets(facts, pool)
      const categories = [...(await pricedCategories(facts, pool))].filter(([, asset]) => asset === args.asset)
      if (!assets.includes(args.asset) && categories.length === 0) continue
      if (source !== null) await requireFeed(facts, source)
      if (assets.includes(args.asset)) await setReserveSource(facts, pool, args.asset, source)
      for (const [category] of categories) await setCategorySource(facts, pool, category, source)
    }
  }),
]

export const oracleHandlers = [
  onEvent('AaveV3PoolAddressesProvider', providerAbi, 'PriceOracleUpdated', async (facts, { args, address }) => {
    const { pool, name } = deploymentOf(address)
    const oracle = args.newAddress
    const read = { address: oracle, abi: aaveV3OracleAbi } as const
    const baseCurrency = await facts.views.readContract({ ...read, functionName: 'BASE_CURRENCY' })
    const baseUnit = await facts.views.readContract({ ...read, functionName: 'BASE_CURRENCY_UNIT' })
    const token = baseCurrency.toLowerCase() as Address
    await changeMarket(facts, poolKey(pool), initialMarket('pool', pool), () => ({
      label: name,
      oracle,
      token,
      baseUnit,
    }))
    for (const asset of await listedAssets(facts, pool)) {
      await setReserveSource(facts, pool, asset, await readSource(facts, pool, asset))
    }
    for (const [category, asset] of await pricedCategories(facts, pool)) {
      await setCategorySource(facts, pool, category, await readSource(facts, pool, asset))
    }
  }),
  onEvent('AaveV3PoolAddressesProvider', providerAbi, 'PoolUpdated', async (facts, { args, address }) => {
    const { pool, name } = deploymentOf(address)
    const read = { address: args.newAddress, abi: aaveV3PoolAbi, functionName: 'POOL_REVISION' } as const
    const revision = Number(await facts.views.readContract(read))
    await changeMarket(facts, poolKey(pool), initialMarket('pool', pool), () => ({ label: name, revision }))
  }),
  ...ofOracle('AaveV3Oracle'),
  ...ofOracle('AaveV3OlderOracle'),
]
