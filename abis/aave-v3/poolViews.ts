import { parseAbi } from 'viem'

/** What a pool says of itself at any instant, of versions 3.0 to 3.6: what its facts must come to. */
export const aaveV3PoolViewsAbi = parseAbi([
  'function getReserveNormalizedIncome(address asset) view returns (uint256)',
  'function getReserveNormalizedVariableDebt(address asset) view returns (uint256)',
  'function getConfiguration(address asset) view returns (uint256)',
  'function getUserAccountData(address user) view returns (uint256 collateralBase, uint256 debtBase, uint256 availableBorrowsBase, uint256 liquidationThreshold, uint256 ltv, uint256 healthFactor)',
])
