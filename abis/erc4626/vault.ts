import { parseAbi } from 'viem'

export const erc4626VaultAbi = parseAbi([
  'event Transfer(address indexed from, address indexed to, uint256 value)',
  'function asset() view returns (address)',
  'function decimals() view returns (uint8)',
  'function symbol() view returns (string)',
  'function totalAssets() view returns (uint256)',
  'function totalSupply() view returns (uint256)',
  'function balanceOf(address owner) view returns (uint256)',
  'function convertToAssets(uint256 shares) view returns (uint256)',
])

/** Aave's StataToken: an ERC-4626 wrapper of one aToken. */
export const stataTokenAbi = parseAbi([
  'function aToken() view returns (address)',
  'function POOL() view returns (address)',
])

/** An Aave receipt: what it is a receipt of, and the pool that gives it out. */
export const aTokenAbi = parseAbi([
  'function UNDERLYING_ASSET_ADDRESS() view returns (address)',
  'function POOL() view returns (address)',
])
