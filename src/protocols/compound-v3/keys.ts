import type { Address } from 'viem'

export const PROTOCOL = 'compound-v3'

/** Key of a Comet's own rows: its base token is supplied and owed there. */
export function baseKey(comet: Address): { protocol: string; market: string } {
  return { protocol: PROTOCOL, market: comet }
}

/** Key of the rows of one of its collateral assets. */
export function collateralKey(comet: Address, asset: Address): { protocol: string; market: string } {
  return { protocol: PROTOCOL, market: `${comet}:${asset}` }
}

/** Among what a block's events named: the contract behind the proxy was replaced, so what is fixed about it is read again. */
export const TERMS = 'terms'
