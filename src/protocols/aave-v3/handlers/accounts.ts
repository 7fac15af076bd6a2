/** Pool events that change what Aave keeps per account beside balances: collateral flags, e-mode, position managers. */
import type { Address } from 'viem'
import { aaveV3PoolAbi } from '../../../../abis/aave-v3/pool'
import { market } from '../../../../ponder.schema'
import { withBit } from '../../../math/bits'
import { changeLendingAccount } from '../../../positions/write'
import type { Facts } from '../../../runtime/facts'
import { onEvent } from '../../../runtime/onEvent'
import { initialAccount } from '../initial'
import { PROTOCOL, reserveKey } from '../keys'
import { withEntry } from '../transitions'

const CONTRACT = 'AaveV3Pool'

const accountKey = (pool: Address, account: Address) => ({ protocol: PROTOCOL, unit: pool as string, account })

async function setCollateral(facts: Facts, pool: Address, asset: Address, account: Address, on: boolean) {
  const reserve = await facts.store.find(market, { chainId: facts.stamp.chainId, ...reserveKey(pool, asset) })
  const index = reserve?.marketIndex as number
  await changeLendingAccount(facts, accountKey(pool, account), initialAccount, ({ collateralBitmap }) => ({
    collateralBitmap: withBit(collateralBitmap, index, on),
  }))
}

async function setManager(facts: Facts, pool: Address, account: Address, manager: Address, on: boolean) {
  await changeLendingAccount(facts, accountKey(pool, account), initialAccount, ({ authorisations }) => ({
    authorisations: withEntry(authorisations, manager, on),
  }))
}

export const accountHandlers = [
  onEvent(CONTRACT, aaveV3PoolAbi, 'ReserveUsedAsCollateralEnabled', (facts, { args, address }) =>
    setCollateral(facts, address, args.reserve, args.user, true),
  ),
  onEvent(CONTRACT, aaveV3PoolAbi, 'ReserveUsedAsCollateralDisabled', (facts, { args, address }) =>
    setCollateral(facts, address, args.reserve, args.user, false),
  ),
  onEvent(CONTRACT, aaveV3PoolAbi, 'UserEModeSet', (facts, { args, address }) =>
    changeLendingAccount(facts, accountKey(address, args.user), initialAccount, () => ({ emode: args.categoryId })),
  ),
  onEvent(CONTRACT, aaveV3PoolAbi, 'PositionManagerApproved', (facts, { args, address }) =>
    setManager(facts, address, args.user, args.positionManager, true),
  ),
  onEvent(CONTRACT, aaveV3PoolAbi, 'PositionManagerRevoked', (facts, { args, address }) =>
    setManager(facts, address, args.user, args.positionManager, false),
  ),
]
