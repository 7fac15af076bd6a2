import { isAddress } from 'viem'

/** Lower case, or mixed case with a correct EIP-55 checksum. */
export function isAccountAddress(text: string): boolean {
  return isAddress(text)
}
