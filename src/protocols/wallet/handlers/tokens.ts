import type { Address } from 'viem'
import { changeMarket } from '../../../positions/write'
import { writeOpening } from '../../../positions/writeOpening'
import { writeToken } from '../../../positions/writeToken'
import type { Facts } from '../../../runtime/facts'
import { indexer } from '../../../runtime/indexer'
import type { ResolvedWalletToken } from '../types'

export const PROTOCOL = 'wallet'

export const { tokens } = indexer.resolved.wallet

const older = new Set(tokens.filter((token) => token.isOlder).map(({ token }) => token))

/** Accounts may have had some before the first indexed block. */
export function isOlder(token: Address): boolean {
  return older.has(token)
}

/** Writes what a token is; it is a market of its own, in which it is simply held. */
export async function writeListing(
  facts: Facts,
  { token, symbol, decimals }: ResolvedWalletToken,
  kind: 'token' | 'rebasing',
): Promise<void> {
  await writeToken(facts, token, { symbol, decimals })
  const values = { kind, unit: token, token }
  await changeMarket(facts, { protocol: PROTOCOL, market: token }, values, () => values)
  if (isOlder(token)) await writeOpening(facts, PROTOCOL, token)
}
