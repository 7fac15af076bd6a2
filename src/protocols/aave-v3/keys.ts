import type { Address } from 'viem'

export const PROTOCOL = 'aave-v3'

/** Key of a reserve's rows. */
export function reserveKey(pool: Address, asset: Address): { protocol: string; market: string } {
  return { protocol: PROTOCOL, market: `${pool}:${asset}` }
}

/** Key of the rows of an e-mode category. */
export function emodeKey(pool: Address, category: number): { protocol: string; market: string } {
  return { protocol: PROTOCOL, market: `${pool}:emode:${category}` }
}

/** Key of the pool's own row. */
export function poolKey(pool: Address): { protocol: string; market: string } {
  return { protocol: PROTOCOL, market: pool }
}
