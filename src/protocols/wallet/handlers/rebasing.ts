/** Tokens whose balances are shares of everything pooled: shares by their transfers, the pool by what is put in and what is reported. */
import type { Address } from 'viem'
import { zeroAddress } from 'viem'
import { rebasingTokenAbi as abi } from '../../../../abis/rebasingToken'
import { marketState } from '../../../../ponder.schema'
import { type Older, transferBalance } from '../../../positions/transferBalance'
import { changeMarketState } from '../../../positions/write'
import { askMany } from '../../../runtime/askMany'
import type { Facts } from '../../../runtime/facts'
import { indexer } from '../../../runtime/indexer'
import { onBlock } from '../../../runtime/onBlock'
import { onEvent } from '../../../runtime/onEvent'
import { onSetup } from '../../../runtime/onSetup'
import type { Read } from '../../../runtime/read'
import { olderToken, PROTOCOL, tokens, writeListing } from './tokens'

const CONTRACT = 'RebasingToken'

type Pool = { readonly assets: bigint; readonly shares: bigint }

const emptyState = {
  supplyIndex: 0n,
  borrowIndex: 0n,
  supplyRate: 0n,
  borrowRate: 0n,
  totalSupply: 0n,
  totalBorrow: 0n,
  liquidity: 0n,
  accruedAt: 0n,
}

/** The pool's assets are kept where a market has its supply index, its shares where it has its total. */
async function changePool(facts: Facts, token: Address, next: (pool: Pool) => Pool): Promise<void> {
  await changeMarketState(facts, { protocol: PROTOCOL, market: token }, emptyState, (row) => {
    const { assets, shares } = next({ assets: row.supplyIndex, shares: row.totalSupply })
    return { supplyIndex: assets, totalSupply: shares, accruedAt: facts.stamp.blockTimestamp }
  })
}

const sharesOf =
  (address: Address): Older['balanceOf'] =>
  (views, account) =>
    views.readContract({ address, abi, functionName: 'sharesOf', args: [account] })

async function moveShares(facts: Facts, token: Address, from: Address, to: Address, value: bigint): Promise<void> {
  const key = { protocol: PROTOCOL, market: token, side: 'supply' }
  await transferBalance(facts, key, { from, to, value }, olderToken(token, sharesOf(token)))
  const change = (from === zeroAddress ? value : 0n) - (to === zeroAddress ? value : 0n)
  if (change !== 0n) await changePool(facts, token, (pool) => ({ ...pool, shares: pool.shares + change }))
}

/** What an event did not say, the token's own totals do. */
async function checkPools(facts: Facts): Promise<void> {
  const pooled = tokens.filter(({ pool }) => pool !== null).map(({ token }) => token)
  const reads = pooled.flatMap((address): Read[] => [
    { address, abi, functionName: 'getTotalPooledEther' },
    { address, abi, functionName: 'getTotalShares' },
  ])
  const answers = (await askMany(facts.views, indexer.resolved.multicall3, reads)) as (bigint | null)[]
  for (const [index, token] of pooled.entries()) {
    const [assets, shares] = [answers[2 * index] ?? null, answers[2 * index + 1] ?? null]
    if (assets === null || shares === null) continue
    const key = { chainId: facts.stamp.chainId, protocol: PROTOCOL, market: token }
    const row = await facts.store.find(marketState, key)
    if (row?.supplyIndex !== assets || row.totalSupply !== shares)
      await changePool(facts, token, () => ({ assets, shares }))
  }
}

export const rebasingHandlers = [
  onSetup(CONTRACT, async (facts) => {
    for (const token of tokens.filter(({ pool }) => pool !== null)) {
      await writeListing(facts, token, 'rebasing')
      const { assets, shares } = token.pool!
      await changePool(facts, token.token, () => ({ assets: BigInt(assets), shares: BigInt(shares) }))
    }
  }),
  onEvent(CONTRACT, abi, 'TransferShares', (facts, { args, address }) =>
    moveShares(facts, address, args.from, args.to, args.sharesValue),
  ),
  onEvent(CONTRACT, abi, 'SharesBurnt', (facts, { args, address }) =>
    moveShares(facts, address, args.account, zeroAddress, args.sharesAmount),
  ),
  onEvent(CONTRACT, abi, 'Submitted', (facts, { args, address }) =>
    changePool(facts, address, (pool) => ({ ...pool, assets: pool.assets + args.amount })),
  ),
  onEvent(CONTRACT, abi, 'TokenRebased', (facts, { args, address }) =>
    changePool(facts, address, () => ({ assets: args.postTotalEther, shares: args.postTotalShares })),
  ),
  onBlock('RebasingCheck', checkPools),
]
