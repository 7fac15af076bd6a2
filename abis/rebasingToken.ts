import { parseAbi } from 'viem'

/** A token whose balances are shares of everything pooled, as Lido's stETH. */
export const rebasingTokenAbi = parseAbi([
  'event TransferShares(address indexed from, address indexed to, uint256 sharesValue)',
  'event SharesBurnt(address indexed account, uint256 preRebaseTokenAmount, uint256 postRebaseTokenAmount, uint256 sharesAmount)',
  'event Submitted(address indexed sender, uint256 amount, address referral)',
  'event TokenRebased(uint256 indexed reportTimestamp, uint256 timeElapsed, uint256 preTotalShares, uint256 preTotalEther, uint256 postTotalShares, uint256 postTotalEther, uint256 sharesMintedAsFees)',
  'function sharesOf(address account) view returns (uint256)',
  'function getTotalShares() view returns (uint256)',
  'function getTotalPooledEther() view returns (uint256)',
])
