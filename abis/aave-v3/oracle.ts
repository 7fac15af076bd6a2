import { parseAbi } from 'viem'

export const aaveV3OracleAbi = parseAbi([
  'event AssetSourceUpdated(address indexed asset, address indexed source)',
  'function getSourceOfAsset(address asset) view returns (address)',
  'function BASE_CURRENCY() view returns (address)',
  'function BASE_CURRENCY_UNIT() view returns (uint256)',
])
