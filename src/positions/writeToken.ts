import type { Address } from 'viem'
import { token } from '../../ponder.schema'
import type { Facts } from '../runtime/facts'

/** Writes a token's metadata once; it never changes. */
export async function writeToken(
  { store, stamp }: Facts,
  address: Address,
  metadata: { readonly symbol: string; readonly decimals: number },
): Promise<void> {
  await store
    .insert(token)
    .values({ ...stamp, address, ...metadata })
    .onConflictDoNothing()
}
