/** E-mode categories. Since 3.2 a category says by bitmaps which reserves it covers; before, each reserve named its category. */
import type { Address } from 'viem'
import { aaveV3PoolConfiguratorAbi as abi } from '../../../../abis/aave-v3/poolConfigurator'
import { market } from '../../../../ponder.schema'
import { withBit } from '../../../math/bits'
import { changeMarketParameters } from '../../../positions/write'
import type { Facts } from '../../../runtime/facts'
import { onEvent } from '../../../runtime/onEvent'
import { initialEmodeParameters } from '../initial'
import { emodeKey, reserveKey } from '../keys'
import { changeCategory } from './category'
import { poolOf } from './deployments'
import { readSource } from './oracle'

type Bitmap = 'collateralBitmap' | 'borrowableBitmap' | 'ltvZeroBitmap'

async function setMember(
  facts: Facts,
  configurator: Address,
  args: { asset: Address; categoryId: number },
  bitmap: Bitmap,
  on: boolean,
) {
  const pool = poolOf(configurator)
  const reserve = await facts.store.find(market, { chainId: facts.stamp.chainId, ...reserveKey(pool, args.asset) })
  const index = reserve?.marketIndex as number
  await changeMarketParameters(facts, emodeKey(pool, args.categoryId), initialEmodeParameters, (category) => ({
    [bitmap]: withBit(category[bitmap] ?? 0n, index, on),
  }))
}

const CONTRACT = 'AaveV3PoolConfigurator'

export const emodeHandlers = [
  onEvent(CONTRACT, abi, 'EModeCategoryAdded', async (facts, { args, address }) => {
    const pool = poolOf(address)
    const key = emodeKey(pool, args.categoryId)
    // Named like an asset: the price of the category is what the pool's oracle says of this address.
    const priced = BigInt(args.oracle) === 0n ? null : args.oracle
    const priceSource = priced === null ? null : await readSource(facts, pool, priced)
    await changeCategory(facts, pool, { id: args.categoryId, label: args.label, priced })
    await changeMarketParameters(facts, key, initialEmodeParameters, () => ({
      maxLtv: args.ltv,
      liquidationThreshold: args.liquidationThreshold,
      liquidationIncentive: args.liquidationBonus,
      priceSource,
    }))
  }),
  onEvent(CONTRACT, abi, 'AssetCollateralInEModeChanged', (facts, { args, address }) =>
    setMember(facts, address, args, 'collateralBitmap', args.collateral),
  ),
  onEvent(CONTRACT, abi, 'AssetBorrowableInEModeChanged', (facts, { args, address }) =>
    setMember(facts, address, args, 'borrowableBitmap', args.borrowable),
  ),
  onEvent(CONTRACT, abi, 'AssetLtvzeroInEModeChanged', (facts, { args, address }) =>
    setMember(facts, address, args, 'ltvZeroBitmap', args.ltvzero),
  ),
]
