import { parseAbi } from 'viem'

export const erc20Abi = parseAbi([
  'event Transfer(address indexed from, address indexed to, uint256 value)',
  'function balanceOf(address owner) view returns (uint256)',
  'function totalSupply() view returns (uint256)',
  'function symbol() view returns (string)',
  'function decimals() view returns (uint8)',
])

/** Some of the oldest tokens answer `symbol()` with 32 bytes. */
export const bytes32SymbolAbi = parseAbi(['function symbol() view returns (bytes32)'])
