import { factory } from 'ponder'
import { type Abi, getAbiItem } from 'viem'
import { aaveV3OracleAbi } from '../../../abis/aave-v3/oracle'
import { aaveV3PoolAbi } from '../../../abis/aave-v3/pool'
import { aaveV3PoolAddressesProviderAbi } from '../../../abis/aave-v3/poolAddressesProvider'
import { aaveV3PoolConfiguratorAbi } from '../../../abis/aave-v3/poolConfigurator'
import { aaveV3ScaledTokenAbi } from '../../../abis/aave-v3/scaledToken'
import { aaveV3StableDebtTokenAbi } from '../../../abis/aave-v3/stableDebtToken'
import type { Sources } from '../protocol'
import type { ResolvedAaveV3 } from './types'

const reserveInitialized = getAbiItem({ abi: aaveV3PoolConfiguratorAbi, name: 'ReserveInitialized' })
const priceOracleUpdated = getAbiItem({ abi: aaveV3PoolAddressesProviderAbi, name: 'PriceOracleUpdated' })

/** What Ponder indexes for the Aave v3 markets of a chain. Tokens and oracles are found by the events that introduce them. */
export function aaveV3Sources(deployments: readonly ResolvedAaveV3[]): Sources {
  if (deployments.length === 0) return {}
  const startBlock = Math.min(...deployments.map((deployment) => deployment.startBlock))
  const providers = deployments.map(({ provider }) => provider)
  const configurators = deployments.map(({ configurator }) => configurator)
  const token = (abi: Abi, parameter: 'aToken' | 'variableDebtToken' | 'stableDebtToken') => ({
    abi,
    address: factory({ address: configurators, event: reserveInitialized, parameter, startBlock }),
    startBlock,
  })
  const reserves = deployments.flatMap(({ before }) => before?.reserves ?? [])
  const oracles = deployments.flatMap(({ before }) => before?.oracle?.address ?? [])
  const older = {
    AaveV3OlderAToken: { abi: aaveV3ScaledTokenAbi, address: reserves.map(({ aToken }) => aToken) },
    AaveV3OlderVariableDebtToken: {
      abi: aaveV3ScaledTokenAbi,
      address: reserves.map(({ variableDebtToken }) => variableDebtToken),
    },
    AaveV3OlderStableDebtToken: {
      abi: aaveV3StableDebtTokenAbi,
      address: reserves.flatMap(({ stableDebtToken }) => stableDebtToken ?? []),
    },
    AaveV3OlderOracle: { abi: aaveV3OracleAbi, address: oracles },
  }
  return {
    contracts: {
      AaveV3PoolAddressesProvider: { abi: aaveV3PoolAddressesProviderAbi, address: providers, startBlock },
      AaveV3Pool: { abi: aaveV3PoolAbi, address: deployments.map(({ pool }) => pool), startBlock },
      AaveV3PoolConfigurator: { abi: aaveV3PoolConfiguratorAbi, address: configurators, startBlock },
      AaveV3Oracle: {
        abi: aaveV3OracleAbi,
        address: factory({ address: providers, event: priceOracleUpdated, parameter: 'newAddress', startBlock }),
        startBlock,
      },
      AaveV3AToken: token(aaveV3ScaledTokenAbi, 'aToken'),
      AaveV3VariableDebtToken: token(aaveV3ScaledTokenAbi, 'variableDebtToken'),
      AaveV3StableDebtToken: token(aaveV3StableDebtTokenAbi, 'stableDebtToken'),
      // What is older than the index emits no event that introduces it.
      ...Object.fromEntries(
        Object.entries(older)
          .filter(([, { address }]) => address.length > 0)
          .map(([name, contract]) => [name, { ...contract, startBlock }]),
      ),
    },
  }
}
