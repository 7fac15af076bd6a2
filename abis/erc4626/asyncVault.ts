import { parseAbi } from 'viem'

/** ERC-7540's asynchronous redemption, and how a vault declares it (ERC-165). */
export const asyncVaultAbi = parseAbi([
  'event RedeemRequest(address indexed controller, address indexed owner, uint256 indexed requestId, address sender, uint256 shares)',
  'event Withdraw(address indexed sender, address indexed receiver, address indexed owner, uint256 assets, uint256 shares)',
  'function pendingRedeemRequest(uint256 requestId, address controller) view returns (uint256)',
  'function claimableRedeemRequest(uint256 requestId, address controller) view returns (uint256)',
  'function supportsInterface(bytes4 interfaceId) view returns (bool)',
])

/** `requestRedeem`, `pendingRedeemRequest` and `claimableRedeemRequest`. */
export const asyncRedeemInterfaceId = '0x620ee8e4'
