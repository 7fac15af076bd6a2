import { type Address, concatHex, type Hex } from 'viem'

export const PROTOCOL = 'morpho-blue'

/** The protocol in a second row of `opening`: the contract has markets nobody could list, so that it cannot be asked about what is in them. */
export const UNLISTED = `${PROTOCOL}:unlisted`

/** `price()` */
const PRICE_SELECTOR = '0xa035b1fe'

/**
 * Key of a market's rows: its id. Ids do not name their contract, so where a chain has several, the address comes first.
 * @param isOnly the chain has one Morpho Blue contract.
 */
export function marketKey(morpho: Address, id: Hex, isOnly: boolean): { protocol: string; market: string } {
  return { protocol: PROTOCOL, market: isOnly ? id : `${morpho}:${id}` }
}

/** Key of the contract's own row. */
export function contractKey(morpho: Address): { protocol: string; market: string } {
  return { protocol: PROTOCOL, market: morpho }
}

/**
 * Key of a market oracle's price: its address and the view that is read. Anybody may create a market with any address as its oracle, also one that
 * is a feed of something else and means another number.
 */
export function oracleFeed(oracle: Address): Hex {
  return concatHex([oracle, PRICE_SELECTOR])
}
