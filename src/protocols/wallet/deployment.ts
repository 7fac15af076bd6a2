import type { Address } from 'viem'
import { rebasingTokenAbi as abi } from '../../../abis/rebasingToken'
import { readToken } from '../../runtime/readToken'
import type { ResolveContext } from '../protocol'
import type { ResolvedWallet, ResolvedWalletToken } from './types'

/** Reads the metadata of every configured wallet token. One that rebases without keeping shares is left out: nothing says by how much. */
export async function resolveWallet(context: ResolveContext): Promise<ResolvedWallet> {
  const tokens = await Promise.all(context.config.walletTokens.map((token) => resolveToken(context, token)))
  return { tokens: tokens.filter((token) => token !== null), checkFrom: context.pollFrom }
}

async function resolveToken(
  { client, startOf }: ResolveContext,
  { address, rebasing }: ResolveContext['config']['walletTokens'][number],
): Promise<ResolvedWalletToken | null> {
  const start = startOf('walletTokens')
  const blockNumber = BigInt(Math.max(start - 1, 0))
  const code = start === 0 ? undefined : await client.getCode({ address, blockNumber })
  const isOlder = code !== undefined
  const pool = rebasing ? await poolAt(client, address, isOlder ? blockNumber : null) : null
  if (rebasing && pool === null) return null
  return { token: address, ...(await readToken(client, address)), startBlock: start, isOlder, pool }
}

/** @param blockNumber null for a token that did not exist then: there was nothing in its pool. */
async function poolAt(
  client: ResolveContext['client'],
  address: Address,
  blockNumber: bigint | null,
): Promise<ResolvedWalletToken['pool']> {
  const ask = (functionName: 'getTotalShares' | 'getTotalPooledEther', at?: bigint) =>
    client.readContract({ address, abi, functionName, blockNumber: at }).catch(() => null)
  const now = await Promise.all([ask('getTotalPooledEther'), ask('getTotalShares')])
  if (now.includes(null)) return null
  if (blockNumber === null) return { assets: '0', shares: '0' }
  const [assets, shares] = await Promise.all([
    ask('getTotalPooledEther', blockNumber),
    ask('getTotalShares', blockNumber),
  ])
  return { assets: String(assets ?? 0n), shares: String(shares ?? 0n) }
}
