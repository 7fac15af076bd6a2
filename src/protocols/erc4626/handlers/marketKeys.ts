import type { Address, Hex } from 'viem'
import { indexer } from '../../../runtime/indexer'
import type { ResolvedMetaMorpho } from '../types'

export const LENDS_IN = 'morpho-blue'
export const RECEIPTS_OF = 'aave-v3'
export const SHARES_OF = 'erc4626'

const { deployments } = indexer.resolved.morphoBlue

/** The key under which a market's facts stand: its id, behind the contract's address where a chain has several. */
export function marketKeyOf({ morpho }: Pick<ResolvedMetaMorpho, 'morpho'>, id: string): string {
  return deployments.length === 1 ? id : `${morpho}:${id}`
}

/** The vault may have lent before the first indexed block, so that it may have more than the facts show. */
export function mayHaveLent(morpho: Address): boolean {
  return deployments.find((deployment) => deployment.morpho === morpho)?.isOlder ?? true
}

/** The market is a reserve of a pool that is indexed. */
export function isReserve(market: string): boolean {
  return indexer.resolved.aaveV3.some(({ pool }) => market.startsWith(`${pool}:`))
}

/** Every market in which the vault may have lent before the first indexed block is indexed from there on. */
export function areListed({ morpho, withdrawQueue }: Pick<ResolvedMetaMorpho, 'morpho' | 'withdrawQueue'>): boolean {
  const deployment = deployments.find((one) => one.morpho === morpho)
  const listed = deployment?.markets ?? deployment?.olderMarkets ?? []
  return withdrawQueue.every((id) => listed.includes(id.toLowerCase() as Hex))
}
