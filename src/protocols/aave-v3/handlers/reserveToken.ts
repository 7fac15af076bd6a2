import type { Address } from 'viem'
import { marketToken } from '../../../../ponder.schema'
import type { Facts } from '../../../runtime/facts'
import type { Rounding } from '../transitions'

/** A token emitted an event before its reserve was listed: the configured start block is later than the listing. */
export class UnknownReserveTokenError extends Error {
  override readonly name = 'UnknownReserveTokenError'
  constructor(token: Address, block: bigint) {
    super(
      `${token} moved in block ${block}, but no reserve it belongs to is known. Check the startBlock of the market.`,
    )
  }
}

export type ReserveToken = {
  readonly market: string
  readonly side: 'supply' | 'borrow' | 'borrowStable'
  readonly rounding: Rounding
}

/** The reserve an aToken or debt token belongs to. */
export async function reserveToken({ store, stamp }: Facts, token: Address): Promise<ReserveToken> {
  const row = await store.find(marketToken, { chainId: stamp.chainId, token })
  if (row === null) throw new UnknownReserveTokenError(token, stamp.blockNumber)
  return row as unknown as ReserveToken
}
