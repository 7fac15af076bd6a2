import type { ChainContracts } from './deploy/types'

/** Addresses only, for the manifest: contracts become their address, everything else keeps its shape. */
export function describeContracts(contracts: ChainContracts): Record<string, unknown> {
  return reduce(contracts) as Record<string, unknown>
}

function reduce(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if ('abi' in value && 'address' in value) return value.address
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, reduce(item)]))
}
