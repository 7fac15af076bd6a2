import { compileContracts } from './compileContracts'
import type { CompilationUnit } from './types'

const source = (path: string) => `@aave-dao/aave-v3-origin/src/contracts/${path}.sol`
const logic = (name: string) => source(`protocol/libraries/logic/${name}`)

const unit = {
  name: 'aave-v3.6',
  compiler: 'solc-0.8.27',
  evmVersion: 'shanghai',
  optimizerRuns: 200,
  // Settings, not an import callback: a file reached under two names would be compiled twice.
  remappings: [
    'openzeppelin-contracts/contracts/=@openzeppelin/contracts/',
    'openzeppelin-contracts-upgradeable/contracts/=@openzeppelin/contracts-upgradeable/',
    'solidity-utils/=@bgd-labs/solidity-utils/src/',
  ],
  contracts: {
    PoolAddressesProvider: source('protocol/configuration/PoolAddressesProvider'),
    PoolAddressesProviderRegistry: source('protocol/configuration/PoolAddressesProviderRegistry'),
    ACLManager: source('protocol/configuration/ACLManager'),
    AaveOracle: source('misc/AaveOracle'),
    DefaultReserveInterestRateStrategyV2: source('misc/DefaultReserveInterestRateStrategyV2'),
    AaveProtocolDataProvider: source('helpers/AaveProtocolDataProvider'),
    UiPoolDataProviderV3: source('helpers/UiPoolDataProviderV3'),
    BorrowLogic: logic('BorrowLogic'),
    SupplyLogic: logic('SupplyLogic'),
    LiquidationLogic: logic('LiquidationLogic'),
    PoolLogic: logic('PoolLogic'),
    FlashLoanLogic: logic('FlashLoanLogic'),
    ConfiguratorLogic: logic('ConfiguratorLogic'),
    PoolInstance: source('instances/PoolInstance'),
    PoolConfiguratorInstance: source('instances/PoolConfiguratorInstance'),
    ATokenInstance: source('instances/ATokenInstance'),
    VariableDebtTokenInstance: source('instances/VariableDebtTokenInstance'),
    EmissionManager: source('rewards/EmissionManager'),
    RewardsController: source('rewards/RewardsController'),
    Collector: source('treasury/Collector'),
    StataTokenV2: source('extensions/stata-token/StataTokenV2'),
    StataTokenFactory: source('extensions/stata-token/StataTokenFactory'),
    TransparentProxyFactory: '@bgd-labs/solidity-utils/src/contracts/transparent-proxy/TransparentProxyFactory.sol',
    TransparentUpgradeableProxy: '@openzeppelin/contracts/proxy/transparent/TransparentUpgradeableProxy.sol',
  },
} as const satisfies CompilationUnit

export type AaveV36Contract = keyof (typeof unit)['contracts']

/** Aave v3.6 as published, with StataTokenV2 and the factories it needs. */
export const compileAaveV36 = (log?: (line: string) => void) => compileContracts<AaveV36Contract>(unit, log)
