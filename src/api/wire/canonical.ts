import canonicalize from 'canonicalize'
import { keccak256, stringToHex } from 'viem'

/** keccak256 of the RFC 8785 text of a JSON value. */
export function canonicalHash(value: unknown): `0x${string}` {
  return keccak256(stringToHex(canonicalize(value)!))
}
