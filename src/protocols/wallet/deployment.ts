import { readToken } from '../../runtime/readToken'
import type { ResolveContext } from '../protocol'
import type { ResolvedWalletToken } from './types'

/** Reads the metadata of every configured wallet token. */
export function resolveWallet({ client, config, startOf }: ResolveContext): Promise<ResolvedWalletToken[]> {
  return Promise.all(
    config.walletTokens
      .filter(({ rebasing }) => !rebasing)
      .map(async ({ address, startBlock }): Promise<ResolvedWalletToken> => {
        const start = startOf(startBlock)
        const blockNumber = BigInt(Math.max(start - 1, 0))
        const code = start === 0 ? undefined : await client.getCode({ address, blockNumber })
        const metadata = await readToken(client, address)
        return { token: address, ...metadata, startBlock: start, isOlder: code !== undefined }
      }),
  )
}
