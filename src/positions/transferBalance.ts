import { type Address, zeroAddress } from 'viem'
import type { Facts } from '../runtime/facts'
import { changePosition } from './write'

/** Moves units of a plain token between two accounts; the zero address, which mints and burns, has no position. */
export async function transferBalance(
  facts: Facts,
  key: { readonly protocol: string; readonly market: string; readonly side: string },
  { from, to, value }: { readonly from: Address; readonly to: Address; readonly value: bigint },
): Promise<void> {
  const initial = { raw: 0n, rate: null, accruedAt: null }
  if (from !== zeroAddress) {
    await changePosition(facts, { ...key, account: from }, initial, ({ raw }) => ({ raw: raw - value }))
  }
  if (to !== zeroAddress) {
    await changePosition(facts, { ...key, account: to }, initial, ({ raw }) => ({ raw: raw + value }))
  }
}
