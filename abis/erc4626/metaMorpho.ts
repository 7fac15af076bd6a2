import { parseAbi } from 'viem'

/** What MetaMorpho 1.0 and 1.1 share, and `lostAssets`, which only 1.1 has. */
export const metaMorphoAbi = parseAbi([
  'event UpdateLastTotalAssets(uint256 updatedTotalAssets)',
  'event UpdateLostAssets(uint256 newLostAssets)',
  'event SetFee(address indexed caller, uint256 newFee)',
  'event SetFeeRecipient(address indexed newFeeRecipient)',
  'event SetCap(address indexed caller, bytes32 indexed id, uint256 cap)',
  'event SetCurator(address indexed newCurator)',
  'event SetGuardian(address indexed caller, address indexed guardian)',
  'event SetSupplyQueue(address indexed caller, bytes32[] newSupplyQueue)',
  'event SetWithdrawQueue(address indexed caller, bytes32[] newWithdrawQueue)',
  'event OwnershipTransferred(address indexed previousOwner, address indexed newOwner)',
  'function MORPHO() view returns (address)',
  'function fee() view returns (uint96)',
  'function feeRecipient() view returns (address)',
  'function owner() view returns (address)',
  'function curator() view returns (address)',
  'function guardian() view returns (address)',
  'function lastTotalAssets() view returns (uint256)',
  'function lostAssets() view returns (uint256)',
  'function supplyQueue(uint256 index) view returns (bytes32)',
  'function supplyQueueLength() view returns (uint256)',
  'function withdrawQueue(uint256 index) view returns (bytes32)',
  'function withdrawQueueLength() view returns (uint256)',
  'function config(bytes32 id) view returns (uint184 cap, bool enabled, uint64 removableAt)',
])
