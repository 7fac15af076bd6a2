import type { Address } from 'viem'
import { assetSymbols, assets, etherCategory } from '../assets'
import { contractCall } from '../chain/contractCall'
import type { Contract, LocalChain } from '../chain/types'
import type { Foundation } from './types'

/** Queues every reserve's risk parameters, caps and the e-mode category of a v3.6 market. */
export async function configureReserves(
  chain: LocalChain,
  owner: Address,
  configurator: Contract,
  tokens: Foundation['tokens'],
): Promise<void> {
  const send = (functionName: string, ...args: readonly unknown[]) =>
    chain.send(contractCall(owner, configurator, functionName, args))
  for (const symbol of assetSymbols) {
    const token = tokens[symbol].address
    const { reserve } = assets[symbol]
    await send(
      'configureReserveAsCollateral',
      token,
      reserve.ltv,
      reserve.liquidationThreshold,
      reserve.liquidationBonus,
    )
    await send('setReserveBorrowing', token, true)
    await send('setReserveFlashLoaning', token, true)
    await send('setReserveFactor', token, reserve.reserveFactor)
    await send('setLiquidationProtocolFee', token, reserve.liquidationProtocolFee)
    await send('setSupplyCap', token, reserve.supplyCap)
    await send('setBorrowCap', token, reserve.borrowCap)
  }
  const { id, ltv, liquidationThreshold, liquidationBonus, label } = etherCategory
  await send('setEModeCategory', id, ltv, liquidationThreshold, liquidationBonus, label)
  for (const symbol of etherCategory.collateral) {
    await send('setAssetCollateralInEMode', tokens[symbol].address, id, true)
  }
  for (const symbol of etherCategory.borrowable) {
    await send('setAssetBorrowableInEMode', tokens[symbol].address, id, true)
  }
}
