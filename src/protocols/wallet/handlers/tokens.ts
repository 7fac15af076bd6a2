import type { Address } from 'viem'
import type { Older } from '../../../positions/transferBalance'
import { changeMarket } from '../../../positions/write'
import { writeOpening } from '../../../positions/writeOpening'
import { writeToken } from '../../../positions/writeToken'
import type { Facts } from '../../../runtime/facts'
import { indexer } from '../../../runtime/indexer'
import type { ResolvedWalletToken } from '../types'

export const PROTOCOL = 'wallet'

export const { tokens } = indexer.resolved.wallet

const older = new Map(tokens.filter((token) => token.isOlder).map((token) => [token.token, token]))

/** How a token is asked what accounts had before the first indexed block; null where it is no older, so that nobody had any. */
export function olderToken(address: Address, balanceOf: Older['balanceOf']): Older | null {
  const token = older.get(address)
  return token === undefined ? null : { startBlock: token.startBlock, balanceOf }
}

/** Writes what a token is; it is a market of its own, in which it is simply held. */
export async function writeListing(
  facts: Facts,
  { token, symbol, decimals, isOlder, startBlock }: ResolvedWalletToken,
  kind: 'token' | 'rebasing',
): Promise<void> {
  await writeToken(facts, token, { symbol, decimals })
  const values = { kind, unit: token, token }
  await changeMarket(facts, { protocol: PROTOCOL, market: token }, values, () => values)
  if (isOlder) await writeOpening(facts, PROTOCOL, token, startBlock)
}
