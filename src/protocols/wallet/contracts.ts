import { erc20Abi } from '../../../abis/erc20'
import type { Sources } from '../protocol'
import type { ResolvedWalletToken } from './types'

export function walletSources(tokens: readonly ResolvedWalletToken[]): Sources {
  if (tokens.length === 0) return {}
  const startBlock = Math.min(...tokens.map((token) => token.startBlock))
  return { contracts: { WalletToken: { abi: erc20Abi, address: tokens.map(({ token }) => token), startBlock } } }
}
