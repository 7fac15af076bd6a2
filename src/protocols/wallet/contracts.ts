import { erc20Abi } from '../../../abis/erc20'
import { rebasingTokenAbi } from '../../../abis/rebasingToken'
import type { ContractSource, Sources } from '../protocol'
import type { ResolvedWallet, ResolvedWalletToken } from './types'

/** How many blocks lie between two looks at the totals of tokens that rebase. */
const CHECK_EVERY = 100

/** Transfers of plain tokens, and of the shares of those that rebase. */
export function walletSources({ tokens, checkFrom }: ResolvedWallet): Sources {
  const plain = tokens.filter(({ pool }) => pool === null)
  const rebasing = tokens.filter(({ pool }) => pool !== null)
  if (tokens.length === 0) return {}
  return {
    contracts: {
      ...(plain.length === 0 ? {} : { WalletToken: { abi: erc20Abi, ...placed(plain) } }),
      ...(rebasing.length === 0 ? {} : { RebasingToken: { abi: rebasingTokenAbi, ...placed(rebasing) } }),
    },
    ...(rebasing.length === 0 ? {} : { blocks: { RebasingCheck: { interval: CHECK_EVERY, startBlock: checkFrom } } }),
  }
}

function placed(tokens: readonly ResolvedWalletToken[]): Pick<ContractSource, 'address' | 'startBlock'> {
  return {
    address: tokens.map(({ token }) => token),
    startBlock: Math.min(...tokens.map((token) => token.startBlock)),
  }
}
