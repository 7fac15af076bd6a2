import type { ChainContracts } from './deploy/types'

/** For the manifest: contracts become their address, integers of any size text, everything else keeps its shape. */
export function describeContracts(contracts: ChainContracts): Record<string, unknown> {
  return reduce(contracts) as Record<string, unknown>
}

function reduce(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if ('abi' in value && 'address' in value) return value.address
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, reduce(item)]))
}
