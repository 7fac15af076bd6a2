import { type Address, encodeFunctionData, keccak256, toHex, zeroAddress } from 'viem'
import { assetSymbols } from '../assets'
import { contractCall } from '../chain/contractCall'
import { readContract } from '../chain/readContract'
import type { Contract, LocalChain } from '../chain/types'
import type { compileAaveV36 } from '../compile/aaveV36'
import { adminRoles, oracleUnit } from './aaveConstants'
import { deployLinked } from './deployLinked'
import type { AaveCore, Foundation } from './types'

export type AaveV36Artifacts = Awaited<ReturnType<typeof compileAaveV36>>

const incentivesControllerId = keccak256(toHex('INCENTIVES_CONTROLLER'))
const flashLoanPremiumBasisPoints = 5n
const firstStreamId = 100_000n

/** Deploys Aave v3.6, yet without reserves, over the foundation's tokens and feeds. `owner` holds every role. */
export async function deployAaveV36(
  chain: LocalChain,
  artifacts: AaveV36Artifacts,
  owner: Address,
  foundation: Foundation,
): Promise<AaveCore> {
  const deploy = deployLinked(chain, owner, artifacts)
  const send = (contract: Contract, functionName: string, ...args: readonly unknown[]) =>
    chain.send(contractCall(owner, contract, functionName, args))

  const addressesProvider = await deploy('PoolAddressesProvider', ['devnet', owner])
  const registry = await deploy('PoolAddressesProviderRegistry', [owner])
  await send(registry, 'registerAddressesProvider', addressesProvider.address, 1n)
  await send(addressesProvider, 'setACLAdmin', owner)
  const aclManager = await deploy('ACLManager', [addressesProvider.address])
  await send(addressesProvider, 'setACLManager', aclManager.address)
  for (const role of adminRoles) await send(aclManager, role, owner)

  const oracle = await deploy('AaveOracle', [
    addressesProvider.address,
    assetSymbols.map((symbol) => foundation.tokens[symbol].address),
    assetSymbols.map((symbol) => foundation.feeds[symbol].proxy.address),
    zeroAddress,
    zeroAddress,
    oracleUnit,
  ])
  await send(addressesProvider, 'setPriceOracle', oracle.address)
  const rateStrategy = await deploy('DefaultReserveInterestRateStrategyV2', [addressesProvider.address])
  const poolImplementation = await deploy('PoolInstance', [addressesProvider.address, rateStrategy.address])
  await send(addressesProvider, 'setPoolImpl', poolImplementation.address)
  const configuratorImplementation = await deploy('PoolConfiguratorInstance')
  await send(addressesProvider, 'setPoolConfiguratorImpl', configuratorImplementation.address)
  const emissionManager = await deploy('EmissionManager', [owner])
  const rewardsImplementation = await deploy('RewardsController', [emissionManager.address])
  await send(addressesProvider, 'setAddressAsProxy', incentivesControllerId, rewardsImplementation.address)
  const collector = await deploy('Collector')
  const initialise = { abi: collector.abi, functionName: 'initialize', args: [firstStreamId, owner] }
  const treasuryProxy = await deploy('TransparentUpgradeableProxy', [
    collector.address,
    owner,
    encodeFunctionData(initialise),
  ])
  const { number } = await chain.mine()

  const addressOf = (getter: string, ...args: readonly unknown[]) =>
    readContract<Address>(chain, addressesProvider, getter, args)
  const pool = { address: await addressOf('getPool'), abi: artifacts.PoolInstance.abi }
  const configurator = {
    address: await addressOf('getPoolConfigurator'),
    abi: artifacts.PoolConfiguratorInstance.abi,
  }
  const incentivesController = await addressOf('getAddress', incentivesControllerId)
  const dataProvider = await deploy('AaveProtocolDataProvider', [addressesProvider.address])
  const etherFeed = foundation.feeds.WETH.proxy.address
  await deploy('UiPoolDataProviderV3', [etherFeed, etherFeed])
  await send(emissionManager, 'setRewardsController', incentivesController)
  await send(addressesProvider, 'setPoolDataProvider', dataProvider.address)
  await send(configurator, 'updateFlashloanPremium', flashLoanPremiumBasisPoints)
  const implementations = {
    aToken: await deploy('ATokenInstance', [pool.address, incentivesController, treasuryProxy.address]),
    variableDebtToken: await deploy('VariableDebtTokenInstance', [pool.address, incentivesController]),
    stableDebtToken: null,
    incentivesController,
  }
  return {
    version: '3.6',
    ...{ addressesProvider, pool, configurator, oracle, dataProvider, aclManager, implementations },
    treasury: { address: treasuryProxy.address, abi: collector.abi },
    startBlock: Number(number),
  }
}
