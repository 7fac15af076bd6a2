import { type Address, zeroAddress } from 'viem'
import { type AssetSymbol, etherCategory } from '../assets'
import { contractCall } from '../chain/contractCall'
import type { LocalChain } from '../chain/types'
import type { AaveCore, Foundation } from './types'

/** Queues the e-mode category of tokens that follow ether. In v3.0 an asset belongs to a category for both sides alike. */
export async function configureEMode(
  chain: LocalChain,
  owner: Address,
  core: AaveCore,
  tokens: Foundation['tokens'],
): Promise<void> {
  const send = (functionName: string, ...args: readonly unknown[]) =>
    chain.send(contractCall(owner, core.configurator, functionName, args))
  const { id, ltv, liquidationThreshold, liquidationBonus, label, collateral, borrowable } = etherCategory
  const parameters = [id, ltv, liquidationThreshold, liquidationBonus]
  switch (core.version) {
    case '3.0': {
      await send('setEModeCategory', ...parameters, zeroAddress, label)
      for (const symbol of new Set<AssetSymbol>([...collateral, ...borrowable])) {
        await send('setAssetEModeCategory', tokens[symbol].address, id)
      }
      return
    }
    case '3.6': {
      await send('setEModeCategory', ...parameters, label)
      for (const symbol of collateral) await send('setAssetCollateralInEMode', tokens[symbol].address, id, true)
      for (const symbol of borrowable) await send('setAssetBorrowableInEMode', tokens[symbol].address, id, true)
    }
  }
}
