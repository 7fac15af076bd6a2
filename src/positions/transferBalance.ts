import { type Address, zeroAddress } from 'viem'
import { position } from '../../ponder.schema'
import type { Facts, Key, Views } from '../runtime/facts'
import { standingBefore } from './standingBefore'
import { changePosition } from './write'

type TokenKey = { readonly protocol: string; readonly market: string; readonly side: string }

/** How to ask a token that is older than the index what an account had. */
export type Older = {
  readonly startBlock: number
  readonly balanceOf: (views: Views, account: Address) => Promise<bigint>
}

/**
 * Moves units of a plain token between two accounts; the zero address, which mints and burns, has no position.
 * @param older asked at an account's first transfer; null where the token is no older than the index, so that everybody began with nothing.
 */
export async function transferBalance(
  facts: Facts,
  key: TokenKey,
  { from, to, value }: { readonly from: Address; readonly to: Address; readonly value: bigint },
  older: Older | null,
): Promise<void> {
  const { protocol, market, side } = key
  if (from !== zeroAddress) await add(facts, { protocol, market, account: from, side }, -value, older)
  if (to !== zeroAddress) await add(facts, { protocol, market, account: to, side }, value, older)
}

async function add(
  facts: Facts,
  key: TokenKey & { readonly account: Address },
  value: bigint,
  older: Older | null,
): Promise<void> {
  if (older !== null && !(await hasPosition(facts, key))) {
    const standing = await standingBefore(facts, older.startBlock)
    const raw = await older.balanceOf(standing.views, key.account)
    await changePosition(standing, key, { raw }, () => ({ raw }))
  }
  await changePosition(facts, key, { raw: 0n }, ({ raw }) => ({ raw: raw + value }))
}

async function hasPosition({ store, stamp }: Facts, key: Key): Promise<boolean> {
  return (await store.find(position, { chainId: stamp.chainId, ...key })) !== null
}
