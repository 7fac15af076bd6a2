import { type Address, zeroAddress } from 'viem'
import { position } from '../../ponder.schema'
import type { Facts, Key } from '../runtime/facts'
import { changePosition } from './write'

type TokenKey = { readonly protocol: string; readonly market: string; readonly side: string }

/**
 * Moves units of a plain token between two accounts; the zero address, which mints and burns, has no position.
 * @param balanceBefore an account's balance at the end of the block before, asked for at its first transfer; null where the token is no older than
 * the index, so that everybody began with nothing.
 */
export async function transferBalance(
  facts: Facts,
  key: TokenKey,
  { from, to, value }: { readonly from: Address; readonly to: Address; readonly value: bigint },
  balanceBefore: ((account: Address) => Promise<bigint>) | null,
): Promise<void> {
  const { protocol, market, side } = key
  if (from !== zeroAddress) await add(facts, { protocol, market, account: from, side }, -value, balanceBefore)
  if (to !== zeroAddress) await add(facts, { protocol, market, account: to, side }, value, balanceBefore)
}

async function add(
  facts: Facts,
  key: TokenKey & { readonly account: Address },
  value: bigint,
  balanceBefore: ((account: Address) => Promise<bigint>) | null,
): Promise<void> {
  const isFirst = balanceBefore !== null && !(await hasPosition(facts, key))
  const opening = isFirst ? await balanceBefore(key.account) : 0n
  await changePosition(facts, key, { raw: opening, rate: null, accruedAt: null }, ({ raw }) => ({ raw: raw + value }))
}

async function hasPosition({ store, stamp }: Facts, key: Key): Promise<boolean> {
  return (await store.find(position, { chainId: stamp.chainId, ...key })) !== null
}
