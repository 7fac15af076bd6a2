import { type Address, encodeFunctionData, keccak256, toHex, zeroAddress } from 'viem'
import { assetSymbols } from '../assets'
import { contractCall } from '../chain/contractCall'
import { deployContract } from '../chain/deployContract'
import { readContract } from '../chain/readContract'
import type { Contract, LocalChain } from '../chain/types'
import type { compileAaveV36 } from '../compile/aaveV36'
import { configureReserves } from './configureReserves'
import { initialiseReserves } from './initialiseReserves'
import type { AaveMarket, Foundation } from './types'

export type AaveV36Artifacts = Awaited<ReturnType<typeof compileAaveV36>>

const incentivesControllerId = keccak256(toHex('INCENTIVES_CONTROLLER'))
const flashLoanPremiumBasisPoints = 5n
/** The oracle's base currency is the US dollar with 8 decimals, which Aave writes as the zero address. */
const oracleUnit = 100_000_000n

/** Deploys a whole Aave v3.6 market over the foundation's tokens and feeds. `owner` holds every role. */
export async function deployAaveV36(
  chain: LocalChain,
  artifacts: AaveV36Artifacts,
  owner: Address,
  foundation: Foundation,
): Promise<AaveMarket> {
  const core = await deployCore(chain, artifacts, owner, foundation)
  const { number } = await chain.mine()
  const pool = await proxyOf(chain, core.addressesProvider, 'getPool', artifacts.PoolInstance.abi)
  const configurator = await proxyOf(
    chain,
    core.addressesProvider,
    'getPoolConfigurator',
    artifacts.PoolConfiguratorInstance.abi,
  )
  const rewards = await readContract<Address>(chain, core.addressesProvider, 'getAddress', [incentivesControllerId])

  const dataProvider = await deployContract(chain, owner, artifacts.AaveProtocolDataProvider, [
    core.addressesProvider.address,
  ])
  const feed = foundation.feeds.WETH.proxy.address
  await deployContract(chain, owner, artifacts.UiPoolDataProviderV3, [feed, feed])
  const send = (contract: Contract, functionName: string, args: readonly unknown[]) =>
    chain.send(contractCall(owner, contract, functionName, args))
  await send(core.emissionManager, 'setRewardsController', [rewards])
  await send(core.addressesProvider, 'setPoolDataProvider', [dataProvider.address])
  await send(configurator, 'updateFlashloanPremium', [flashLoanPremiumBasisPoints])
  await initialiseReserves(chain, artifacts, owner, foundation.tokens, {
    pool,
    configurator,
    rewards,
    treasury: core.treasury.address,
  })
  await configureReserves(chain, owner, configurator, foundation.tokens)
  await chain.mine()

  const market = { ...core, pool, configurator, dataProvider, version: '3.6', startBlock: Number(number) } as const
  return { ...market, reserves: await readReserves(chain, artifacts, dataProvider, foundation.tokens) }
}

/** Everything that needs no address made by another contract; one block. */
async function deployCore(chain: LocalChain, artifacts: AaveV36Artifacts, owner: Address, foundation: Foundation) {
  const send = (contract: Contract, functionName: string, args: readonly unknown[]) =>
    chain.send(contractCall(owner, contract, functionName, args))
  const deploy = (name: keyof AaveV36Artifacts, args: readonly unknown[] = [], libraries = {}) =>
    deployContract(chain, owner, artifacts[name], args, libraries)

  const addressesProvider = await deploy('PoolAddressesProvider', ['devnet', owner])
  const registry = await deploy('PoolAddressesProviderRegistry', [owner])
  await send(registry, 'registerAddressesProvider', [addressesProvider.address, 1n])
  await send(addressesProvider, 'setACLAdmin', [owner])
  const aclManager = await deploy('ACLManager', [addressesProvider.address])
  await send(addressesProvider, 'setACLManager', [aclManager.address])
  for (const role of ['addPoolAdmin', 'addRiskAdmin', 'addEmergencyAdmin', 'addAssetListingAdmin']) {
    await send(aclManager, role, [owner])
  }

  const oracle = await deploy('AaveOracle', [
    addressesProvider.address,
    assetSymbols.map((symbol) => foundation.tokens[symbol].address),
    assetSymbols.map((symbol) => foundation.feeds[symbol].proxy.address),
    zeroAddress,
    zeroAddress,
    oracleUnit,
  ])
  await send(addressesProvider, 'setPriceOracle', [oracle.address])
  const rateStrategy = await deploy('DefaultReserveInterestRateStrategyV2', [addressesProvider.address])

  const libraries: Record<string, Address> = {}
  for (const name of ['BorrowLogic', 'SupplyLogic', 'LiquidationLogic', 'PoolLogic', 'ConfiguratorLogic'] as const) {
    libraries[name] = (await deploy(name)).address
  }
  libraries.FlashLoanLogic = (await deploy('FlashLoanLogic', [], libraries)).address
  const poolImplementation = await deploy('PoolInstance', [addressesProvider.address, rateStrategy.address], libraries)
  await send(addressesProvider, 'setPoolImpl', [poolImplementation.address])
  const configuratorImplementation = await deploy('PoolConfiguratorInstance', [], libraries)
  await send(addressesProvider, 'setPoolConfiguratorImpl', [configuratorImplementation.address])

  const emissionManager = await deploy('EmissionManager', [owner])
  const rewardsImplementation = await deploy('RewardsController', [emissionManager.address])
  await send(addressesProvider, 'setAddressAsProxy', [incentivesControllerId, rewardsImplementation.address])

  const collector = await deploy('Collector')
  const initialiseCollector = encodeFunctionData({
    abi: collector.abi,
    functionName: 'initialize',
    args: [100_000n, owner],
  })
  const treasury = {
    ...(await deploy('TransparentUpgradeableProxy', [collector.address, owner, initialiseCollector])),
    abi: collector.abi,
  }
  return { addressesProvider, aclManager, oracle, emissionManager, treasury }
}

async function proxyOf(
  chain: LocalChain,
  addressesProvider: Contract,
  getter: string,
  abi: Contract['abi'],
): Promise<Contract> {
  return { address: await readContract<Address>(chain, addressesProvider, getter), abi }
}

async function readReserves(
  chain: LocalChain,
  artifacts: AaveV36Artifacts,
  dataProvider: Contract,
  tokens: Foundation['tokens'],
): Promise<AaveMarket['reserves']> {
  const entries = assetSymbols.map(async (symbol) => {
    const [aToken, , variableDebtToken] = await readContract<readonly [Address, Address, Address]>(
      chain,
      dataProvider,
      'getReserveTokensAddresses',
      [tokens[symbol].address],
    )
    return [
      symbol,
      {
        underlying: tokens[symbol],
        aToken: { address: aToken, abi: artifacts.ATokenInstance.abi },
        variableDebtToken: { address: variableDebtToken, abi: artifacts.VariableDebtTokenInstance.abi },
      },
    ] as const
  })
  return Object.fromEntries(await Promise.all(entries)) as unknown as AaveMarket['reserves']
}
