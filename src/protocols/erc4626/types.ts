import type { Address } from 'viem'

/** A configured vault as found when the chain was first indexed. Plain JSON, integers as decimal text. */
export type ResolvedVault = {
  readonly vault: Address
  readonly asset: Address
  readonly symbol: string
  readonly decimals: number
  readonly assetSymbol: string
  readonly assetDecimals: number
  readonly shape: string
  readonly curator: Address | null
  readonly startBlock: number
  /** The vault at the end of the block before `startBlock`; zeros when it did not exist yet. */
  readonly before: { readonly totalAssets: string; readonly totalSupply: string }
}
