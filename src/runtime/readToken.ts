import { type Address, hexToString } from 'viem'
import { bytes32SymbolAbi, erc20Abi } from '../../abis/erc20'
import type { Views } from './facts'

export type TokenMetadata = { readonly symbol: string; readonly decimals: number }

/** Reads a token's symbol (also the 32-byte form of the oldest tokens; '' when it has none) and decimals. */
export async function readToken(views: Views, address: Address): Promise<TokenMetadata> {
  const decimals = await views.readContract({ address, abi: erc20Abi, functionName: 'decimals' })
  return { symbol: await readSymbol(views, address), decimals }
}

async function readSymbol(views: Views, address: Address): Promise<string> {
  try {
    return printable(await views.readContract({ address, abi: erc20Abi, functionName: 'symbol' }))
  } catch {
    try {
      const bytes = await views.readContract({ address, abi: bytes32SymbolAbi, functionName: 'symbol' })
      return printable(hexToString(bytes, { size: 32 }))
    } catch {
      return ''
    }
  }
}

/** PostgreSQL refuses NUL in text, and a symbol is whatever its author chose. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, '').slice(0, 64)
}
