import canonicalize from 'canonicalize'
import { keccak256, stringToBytes } from 'viem/utils'

/** keccak256 of the RFC 8785 text of a JSON value. */
export function canonicalHash(value: unknown): `0x${string}` {
  return keccak256(stringToBytes(canonicalize(value)!))
}

/** The same JSON value with the keys of every object sorted, so that whatever goes through them does so in one fixed order. */
export function inCanonicalOrder<T>(value: T): T {
  return JSON.parse(canonicalize(value)!) as T
}
