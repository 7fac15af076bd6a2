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

const scaledTokenEvents = ['Mint', 'Burn'] as const
const aTokenEvents = [...scaledTokenEvents, 'BalanceTransfer'] as const

/**
 * One source per event, named `<name><event>`, each made afresh. Ponder 0.16.10 visits a factory once per event of its source and at the second
 * visit takes the addresses found live for known: they are then not kept over a restart, and the logs of a reserve listed live are lost
 * without a word. A factory with one event is visited once.
 */
function perEvent<source>(name: string, events: readonly string[], make: () => source): Record<string, source> {
  return Object.fromEntries(events.map((event) => [`${name}${event}`, make()]))
}

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
    ...perEvent('AaveV3OlderAToken', aTokenEvents, () => ({
      abi: aaveV3ScaledTokenAbi,
      address: reserves.map(({ aToken }) => aToken),
    })),
    ...perEvent('AaveV3OlderVariableDebtToken', scaledTokenEvents, () => ({
      abi: aaveV3ScaledTokenAbi,
      address: reserves.map(({ variableDebtToken }) => variableDebtToken),
    })),
    ...perEvent('AaveV3OlderStableDebtToken', scaledTokenEvents, () => ({
      abi: aaveV3StableDebtTokenAbi,
      address: reserves.flatMap(({ stableDebtToken }) => stableDebtToken ?? []),
    })),
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
      ...perEvent('AaveV3AToken', aTokenEvents, () => token(aaveV3ScaledTokenAbi, 'aToken')),
      ...perEvent('AaveV3VariableDebtToken', scaledTokenEvents, () => token(aaveV3ScaledTokenAbi, 'variableDebtToken')),
      ...perEvent('AaveV3StableDebtToken', scaledTokenEvents, () => token(aaveV3StableDebtTokenAbi, 'stableDebtToken')),
      // What is older than the index emits no event that introduces it.
      ...Object.fromEntries(
        Object.entries(older)
          .filter(([, { address }]) => address.length > 0)
          .map(([name, contract]) => [name, { ...contract, startBlock }]),
      ),
    },
  }
}
