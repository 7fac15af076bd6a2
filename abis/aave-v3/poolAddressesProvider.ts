import { parseAbi } from 'viem'

export const aaveV3PoolAddressesProviderAbi = parseAbi([
  'event PriceOracleUpdated(address indexed oldAddress, address indexed newAddress)',
  'event PoolUpdated(address indexed oldAddress, address indexed newAddress)',
  'function getPool() view returns (address)',
  'function getPoolConfigurator() view returns (address)',
  'function getPriceOracle() view returns (address)',
])
