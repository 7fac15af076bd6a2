/** PoolConfigurator events that change a reserve's parameters. */
import type { Address } from 'viem'
import { aaveV3PoolConfiguratorAbi as abi } from '../../../../abis/aave-v3/poolConfigurator'
import { changeMarketParameters } from '../../../positions/write'
import type { Facts } from '../../../runtime/facts'
import { onEvent } from '../../../runtime/onEvent'
import { initialParameters } from '../initial'
import { reserveKey } from '../keys'
import { withFlag } from '../transitions'
import { poolOf } from './deployments'
import { accrueSilently } from './reserveState'

type Parameters_ = Parameters<Parameters<typeof changeMarketParameters>[3]>[0]

async function changeReserve(
  facts: Facts,
  configurator: Address,
  asset: Address,
  next: (parameters: Parameters_) => Partial<Parameters_>,
): Promise<void> {
  await changeMarketParameters(facts, reserveKey(poolOf(configurator), asset), initialParameters, next)
}

async function setFlag(facts: Facts, configurator: Address, asset: Address, word: string, on: boolean): Promise<void> {
  await changeReserve(facts, configurator, asset, ({ flags }) => ({ flags: withFlag(flags, word, on) }))
}

const CONTRACT = 'AaveV3PoolConfigurator'

export const parameterHandlers = [
  onEvent(CONTRACT, abi, 'CollateralConfigurationChanged', (facts, { args, address }) =>
    changeReserve(facts, address, args.asset, () => ({
      maxLtv: args.ltv,
      liquidationThreshold: args.liquidationThreshold,
      liquidationIncentive: args.liquidationBonus,
    })),
  ),
  onEvent(CONTRACT, abi, 'ReserveFactorChanged', async (facts, { args, address }) => {
    await accrueSilently(facts, poolOf(address), args.asset, args.oldReserveFactor)
    await changeReserve(facts, address, args.asset, () => ({ reserveFactor: args.newReserveFactor }))
  }),
  onEvent(CONTRACT, abi, 'SupplyCapChanged', (facts, { args, address }) =>
    changeReserve(facts, address, args.asset, () => ({ supplyCap: args.newSupplyCap })),
  ),
  onEvent(CONTRACT, abi, 'BorrowCapChanged', (facts, { args, address }) =>
    changeReserve(facts, address, args.asset, () => ({ borrowCap: args.newBorrowCap })),
  ),
  onEvent(CONTRACT, abi, 'LiquidationProtocolFeeChanged', (facts, { args, address }) =>
    changeReserve(facts, address, args.asset, () => ({ liquidationFee: args.newFee })),
  ),
  onEvent(CONTRACT, abi, 'DebtCeilingChanged', (facts, { args, address }) =>
    changeReserve(facts, address, args.asset, ({ flags }) => ({
      debtCeiling: args.newDebtCeiling,
      flags: withFlag(flags, 'isolated', args.newDebtCeiling !== 0n),
    })),
  ),
  onEvent(CONTRACT, abi, 'EModeAssetCategoryChanged', (facts, { args, address }) =>
    changeReserve(facts, address, args.asset, () => ({ emode: args.newCategoryId })),
  ),
  onEvent(CONTRACT, abi, 'ReserveActive', (facts, { args, address }) =>
    setFlag(facts, address, args.asset, 'active', args.active),
  ),
  onEvent(CONTRACT, abi, 'ReserveFrozen', (facts, { args, address }) =>
    setFlag(facts, address, args.asset, 'frozen', args.frozen),
  ),
  onEvent(CONTRACT, abi, 'ReservePaused', (facts, { args, address }) =>
    setFlag(facts, address, args.asset, 'paused', args.paused),
  ),
  onEvent(CONTRACT, abi, 'ReserveBorrowing', (facts, { args, address }) =>
    setFlag(facts, address, args.asset, 'borrowing', args.enabled),
  ),
  onEvent(CONTRACT, abi, 'ReserveStableRateBorrowing', (facts, { args, address }) =>
    setFlag(facts, address, args.asset, 'stable', args.enabled),
  ),
  onEvent(CONTRACT, abi, 'ReserveFlashLoaning', (facts, { args, address }) =>
    setFlag(facts, address, args.asset, 'flashloan', args.enabled),
  ),
  onEvent(CONTRACT, abi, 'SiloedBorrowingChanged', (facts, { args, address }) =>
    setFlag(facts, address, args.asset, 'siloed', args.newState),
  ),
  onEvent(CONTRACT, abi, 'BorrowableInIsolationChanged', (facts, { args, address }) =>
    setFlag(facts, address, args.asset, 'borrowableInIsolation', args.borrowable),
  ),
]
