import type { Address, Hash } from 'viem'
import type { LocalChain } from '../../devnet/chain/types'
import type { ChainContracts, MorphoBlue } from '../../devnet/deploy/types'
import { readMany, type View } from './readMany'
import type { AccountTruth, ChainTruth } from './types'
import { vaultV2Truth } from './vaultV2Truth'

export type SharesOfAccount = Pick<AccountTruth, 'requested' | 'requestedAssets' | 'staked'>

const nothing: SharesOfAccount = { requested: 0n, requestedAssets: 0n, staked: 0n }

/** Requested redemptions and staked ether of every account, in their order, and what vaults have lent in Morpho, by vault and market. */
export async function readShares(
  chain: LocalChain,
  contracts: ChainContracts,
  morpho: MorphoBlue,
  accounts: readonly Address[],
  blockHash: Hash,
): Promise<{ readonly accounts: readonly SharesOfAccount[] } & Pick<ChainTruth, 'lenders' | 'vaultV2'>> {
  const { multicall3, moreVaults } = contracts
  const { lens, markets } = morpho
  if (moreVaults === null) return { accounts: accounts.map(() => nothing), lenders: {}, vaultV2: null }
  const { async, rebasing, exact } = moreVaults
  const read = async (views: readonly View[]) => (await readMany(chain, multicall3, views, blockHash)) as bigint[]
  const lenders = [exact.metaMorpho, exact.metaMorphoV1_1]
  const names = Object.keys(markets) as (keyof typeof markets)[]
  const lentViews = lenders.flatMap(({ address }) =>
    names.map((name) => ({ contract: lens, functionName: 'supplyAssets', args: [markets[name].id, address] })),
  )
  const vaultV2 = vaultV2Truth(contracts, morpho)
  const amounts = await read([
    ...lentViews,
    ...accounts.flatMap((account) => [
      { contract: async, functionName: 'pendingRedeemRequest', args: [0n, account] },
      { contract: async, functionName: 'claimableRedeemRequest', args: [0n, account] },
      { contract: rebasing, functionName: 'balanceOf', args: [account] },
    ]),
  ])
  const held = accounts.map((_, index) => {
    const first = lentViews.length + 3 * index
    const [pending, claimable, staked] = amounts.slice(first, first + 3) as [bigint, bigint, bigint]
    return { requested: pending + claimable, staked }
  })
  const worth = await read([
    ...held.map(({ requested }) => ({ contract: async, functionName: 'convertToAssets', args: [requested] })),
    ...vaultV2.views,
  ])
  return {
    accounts: held.map((account, index) => ({ ...account, requestedAssets: worth[index]! })),
    lenders: Object.fromEntries(
      lenders.map(({ address }, lender) => [
        address,
        Object.fromEntries(names.map((name, index) => [name, amounts[lender * names.length + index]!])),
      ]),
    ),
    vaultV2: vaultV2.read(worth.slice(held.length)),
  }
}
