import type { Address } from 'viem'
import { contractCall } from '../chain/contractCall'
import type { LocalChain } from '../chain/types'
import type { AaveV30Artifacts } from './deployAaveV30'
import { encodeRates } from './encodeRates'
import { rateStrategyV30 } from './rateStrategyV30'
import type { AaveCore, ReserveListing } from './types'

/**
 * Queues the listing of reserves and all their risk parameters. The oracle must know their prices already.
 * @param artifacts v3.0's, whose rate strategies are a contract for each reserve; a v3.6 market does not use them.
 */
export async function listReserves(
  chain: LocalChain,
  artifacts: Pick<AaveV30Artifacts, 'DefaultReserveInterestRateStrategy'>,
  owner: Address,
  core: AaveCore,
  listings: readonly ReserveListing[],
): Promise<void> {
  const inputs: object[] = []
  for (const listing of listings) {
    inputs.push(
      core.version === '3.6'
        ? inputV36(core, listing)
        : inputV30(core, listing, await rateStrategyV30(chain, artifacts, owner, core, listing)),
    )
  }
  await chain.send(contractCall(owner, core.configurator, 'initReserves', [inputs]))
  for (const listing of listings) await configureReserve(chain, owner, core, listing)
}

function names(symbol: string) {
  return {
    aTokenName: `Aave devnet ${symbol}`,
    aTokenSymbol: `a${symbol}`,
    variableDebtTokenName: `Aave devnet variable debt ${symbol}`,
    variableDebtTokenSymbol: `variableDebt${symbol}`,
    // Never read by these tokens, but v3.0 refuses empty bytes.
    params: '0x10',
  }
}

function inputV36({ implementations }: AaveCore, { symbol, underlying, parameters }: ReserveListing): object {
  return {
    ...names(symbol),
    aTokenImpl: implementations.aToken.address,
    variableDebtTokenImpl: implementations.variableDebtToken.address,
    underlyingAsset: underlying.address,
    interestRateData: encodeRates(parameters.rates),
  }
}

function inputV30(core: AaveCore, { symbol, decimals, underlying }: ReserveListing, rateStrategy: Address): object {
  const { implementations, treasury } = core
  return {
    ...names(symbol),
    stableDebtTokenName: `Aave devnet stable debt ${symbol}`,
    stableDebtTokenSymbol: `stableDebt${symbol}`,
    aTokenImpl: implementations.aToken.address,
    variableDebtTokenImpl: implementations.variableDebtToken.address,
    stableDebtTokenImpl: implementations.stableDebtToken!.address,
    underlyingAssetDecimals: decimals,
    interestRateStrategyAddress: rateStrategy,
    underlyingAsset: underlying.address,
    treasury: treasury.address,
    incentivesController: implementations.incentivesController,
  }
}

async function configureReserve(
  chain: LocalChain,
  owner: Address,
  core: AaveCore,
  { underlying, parameters }: ReserveListing,
): Promise<void> {
  const send = (functionName: string, ...args: readonly unknown[]) =>
    chain.send(contractCall(owner, core.configurator, functionName, [underlying.address, ...args]))
  const { ltv, liquidationThreshold, liquidationBonus } = parameters
  await send('configureReserveAsCollateral', ltv, liquidationThreshold, liquidationBonus)
  if (parameters.borrowing !== false) await send('setReserveBorrowing', true)
  await send('setReserveFlashLoaning', true)
  await send('setReserveFactor', parameters.reserveFactor)
  await send('setLiquidationProtocolFee', parameters.liquidationProtocolFee)
  await send('setSupplyCap', parameters.supplyCap)
  await send('setBorrowCap', parameters.borrowCap)
  if (core.version === '3.0' && parameters.stableBorrowing) await send('setReserveStableRateBorrowing', true)
  if (parameters.borrowableInIsolation) await send('setBorrowableInIsolation', true)
  if (parameters.siloed) await send('setSiloedBorrowing', true)
  if (parameters.debtCeiling !== undefined) await send('setDebtCeiling', parameters.debtCeiling)
}
