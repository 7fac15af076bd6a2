import { parseAbi } from 'viem'

/** What aTokens and variable debt tokens share; BalanceTransfer is the aToken's alone. */
export const aaveV3ScaledTokenAbi = parseAbi([
  'event Mint(address indexed caller, address indexed onBehalfOf, uint256 value, uint256 balanceIncrease, uint256 index)',
  'event Burn(address indexed from, address indexed target, uint256 value, uint256 balanceIncrease, uint256 index)',
  'event BalanceTransfer(address indexed from, address indexed to, uint256 value, uint256 index)',
  'function scaledBalanceOf(address user) view returns (uint256)',
  'function scaledTotalSupply() view returns (uint256)',
  'function ATOKEN_REVISION() view returns (uint256)',
  'function DEBT_TOKEN_REVISION() view returns (uint256)',
])
