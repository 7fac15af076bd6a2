import type { Address } from 'viem'

/** A configured wallet token. */
export type ResolvedWalletToken = {
  readonly token: Address
  readonly symbol: string
  readonly decimals: number
  readonly startBlock: number
  /** The token is older than its first indexed block, so accounts may have had some. */
  readonly isOlder: boolean
  /** Of a token whose balances are shares of everything pooled: both at the end of the block before `startBlock`, as decimal text. Null for others. */
  readonly pool: { readonly assets: string; readonly shares: string } | null
}

export type ResolvedWallet = {
  readonly tokens: readonly ResolvedWalletToken[]
  /** First block in which the totals of tokens that rebase are compared with their own. */
  readonly checkFrom: number
}
