/** Pool events that change what Aave keeps per account beside balances: collateral flags, e-mode, position managers. */
import type { Address } from 'viem'
import { aaveV3PoolAbi } from '../../../../abis/aave-v3/pool'
import { market } from '../../../../ponder.schema'
import { withBit } from '../../../math/bits'
import { withEntry } from '../../../positions/withEntry'
import { changeLendingAccount } from '../../../positions/write'
import type { Facts } from '../../../runtime/facts'
import { onEvent } from '../../../runtime/onEvent'
import { initialAccount } from '../initial'
import { PROTOCOL, reserveKey } from '../keys'
import { ensureAccount } from './before'

const CONTRACT = 'AaveV3Pool'

type Account = typeof initialAccount

async function changeAccount(facts: Facts, unit: Address, account: Address, next: (row: Account) => Partial<Account>) {
  await ensureAccount(facts, unit, account)
  await changeLendingAccount(facts, { protocol: PROTOCOL, unit, account }, initialAccount, next)
}

async function setCollateral(facts: Facts, pool: Address, asset: Address, account: Address, on: boolean) {
  const reserve = await facts.store.find(market, { chainId: facts.stamp.chainId, ...reserveKey(pool, asset) })
  const index = reserve?.marketIndex as number
  await changeAccount(facts, pool, account, (row) => ({
    collateralBitmap: withBit(row.collateralBitmap, index, on),
  }))
}

async function setManager(facts: Facts, pool: Address, account: Address, manager: Address, on: boolean) {
  await changeAccount(facts, pool, account, ({ authorisations }) => ({
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
    changeAccount(facts, address, args.user, () => ({ emode: args.categoryId })),
  ),
  onEvent(CONTRACT, aaveV3PoolAbi, 'PositionManagerApproved', (facts, { args, address }) =>
    setManager(facts, address, args.user, args.positionManager, true),
  ),
  onEvent(CONTRACT, aaveV3PoolAbi, 'PositionManagerRevoked', (facts, { args, address }) =>
    setManager(facts, address, args.user, args.positionManager, false),
  ),
]
