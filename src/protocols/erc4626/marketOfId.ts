import { type Address, decodeAbiParameters, type Hex, keccak256, sliceHex } from 'viem'

/** "this/marketParams", an adapter, and what a market of Morpho is. */
const idData = [{ type: 'string' }, { type: 'address' }, ...Array<{ type: 'bytes32' }>(5).fill({ type: 'bytes32' })]
const marketBytes = 5 * 32

/** The adapter and the market that an id of a Vault V2 stands for, by what the id is the hash of; null for an id that stands for anything else. */
export function marketOfId(data: Hex): readonly [adapter: Address, market: Hex] | null {
  try {
    const [kind, adapter] = decodeAbiParameters(idData, data) as readonly [string, Address]
    if (kind !== 'this/marketParams') return null
    // After the place of the word and the adapter.
    const market = keccak256(sliceHex(data, 2 * 32, 2 * 32 + marketBytes))
    return [adapter.toLowerCase() as Address, market]
  } catch {
    return null
  }
}
