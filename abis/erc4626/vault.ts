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
