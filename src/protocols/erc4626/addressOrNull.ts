import { type Address, zeroAddress } from 'viem'

/** Contracts say "nobody" by the zero address. */
export function addressOrNull(address: Address): Address | null {
  return address === zeroAddress ? null : address
}
