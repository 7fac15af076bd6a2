import { readToken } from '../../runtime/readToken'
import type { ResolveContext } from '../protocol'
import type { ResolvedWalletToken } from './types'

/** Reads the metadata of every configured wallet token. */
export function resolveWallet({ client, config, startOf }: ResolveContext): Promise<ResolvedWalletToken[]> {
  return Promise.all(
    config.walletTokens
      .filter(({ rebasing }) => !rebasing)
      .map(async ({ address, startBlock }) => ({
        token: address,
        ...(await readToken(client, address)),
        startBlock: startOf(startBlock),
      })),
  )
}
