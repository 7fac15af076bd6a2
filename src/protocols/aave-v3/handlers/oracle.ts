/** Which oracle a pool uses, and which price source that oracle has for each reserve. */
import type { Address } from 'viem'
import { aaveV3OracleAbi } from '../../../../abis/aave-v3/oracle'
import { aaveV3PoolAddressesProviderAbi } from '../../../../abis/aave-v3/poolAddressesProvider'
import { market, reserveSlot } from '../../../../ponder.schema'
import { requireFeed } from '../../../positions/pollFeed'
import { changeMarket } from '../../../positions/write'
import type { Facts } from '../../../runtime/facts'
import { onEvent } from '../../../runtime/onEvent'
import { initialMarket } from '../initial'
import { poolKey, reserveKey } from '../keys'
import { deploymentOf, pools } from './deployments'

const none = (address: Address) => BigInt(address) === 0n

/** The price source of an asset in the pool's oracle at this block, to be indexed from now on; null while there is none. */
export async function readSource(facts: Facts, pool: Address, asset: Address): Promise<Address | null> {
  const row = await facts.store.find(market, { chainId: facts.stamp.chainId, ...poolKey(pool) })
  const oracle = (row?.oracle ?? null) as Address | null
  return oracle === null ? null : readSourceOf(facts, oracle, asset)
}

async function readSourceOf(facts: Facts, oracle: Address, asset: Address): Promise<Address | null> {
  const answer = await facts.views.readContract({
    address: oracle,
    abi: aaveV3OracleAbi,
    functionName: 'getSourceOfAsset',
    args: [asset],
  })
  const source = answer.toLowerCase() as Address
  if (none(source)) return null
  await requireFeed(facts, source)
  return source
}

async function setSource(facts: Facts, pool: Address, asset: Address, source: Address | null): Promise<void> {
  await changeMarket(facts, reserveKey(pool, asset), initialMarket('reserve', pool), () => ({ oracle: source }))
}

async function listedAssets({ store, stamp: { chainId } }: Facts, pool: Address): Promise<Address[]> {
  const assets: Address[] = []
  for (let index = 0; ; index++) {
    const slot = await store.find(reserveSlot, { chainId, unit: pool, index })
    if (slot === null) return assets
    if (slot.token !== null) assets.push(slot.token as Address)
  }
}

export const oracleHandlers = [
  onEvent('AaveV3PoolAddressesProvider', aaveV3PoolAddressesProviderAbi, 'PriceOracleUpdated', async (facts, event) => {
    const { pool, name } = deploymentOf(event.address)
    const oracle = event.args.newAddress
    const read = { address: oracle, abi: aaveV3OracleAbi } as const
    const baseCurrency = await facts.views.readContract({ ...read, functionName: 'BASE_CURRENCY' })
    const baseUnit = await facts.views.readContract({ ...read, functionName: 'BASE_CURRENCY_UNIT' })
    await changeMarket(facts, poolKey(pool), initialMarket('pool', pool), () => ({
      label: name,
      oracle,
      token: baseCurrency.toLowerCase() as Address,
      baseUnit,
    }))
    for (const asset of await listedAssets(facts, pool)) {
      await setSource(facts, pool, asset, await readSourceOf(facts, oracle, asset))
    }
  }),
  onEvent('AaveV3Oracle', aaveV3OracleAbi, 'AssetSourceUpdated', async (facts, { args, address }) => {
    const { store, stamp } = facts
    const source = none(args.source) ? null : args.source
    for (const pool of pools) {
      const unit = await store.find(market, { chainId: stamp.chainId, ...poolKey(pool) })
      const reserve = await store.find(market, { chainId: stamp.chainId, ...reserveKey(pool, args.asset) })
      if (unit?.oracle !== address || reserve === null) continue
      if (source !== null) await requireFeed(facts, source)
      await setSource(facts, pool, args.asset, source)
    }
  }),
]
