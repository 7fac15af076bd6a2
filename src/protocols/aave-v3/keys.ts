import type { Address } from 'viem'

export const PROTOCOL = 'aave-v3'

/** Key of a reserve's rows. */
export function reserveKey(pool: Address, asset: Address): { protocol: string; market: string } {
  return { protocol: PROTOCOL, market: `${pool}:${asset}` }
}

/** The pool of a reserve's key. */
export function poolOf(market: string): Address {
  return market.slice(0, market.indexOf(':')) as Address
}

/** Key of the rows of an e-mode category. */
export function emodeKey(pool: Address, category: number): { protocol: string; market: string } {
  return { protocol: PROTOCOL, market: `${pool}:emode:${category}` }
}

/** Key of the pool's own row. */
export function poolKey(pool: Address): { protocol: string; market: string } {
  return { protocol: PROTOCOL, market: pool }
}
