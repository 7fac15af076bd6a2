import type { Address } from 'viem'

/** How shares turn into assets. The first two hold their assets themselves; `stata` wraps an Aave aToken. The others are not valued yet. */
export type VaultShape = 'standard' | 'solmate' | 'stata' | 'metaMorpho' | 'vaultV2' | 'erc7540'

/** A configured vault as found when the chain was first indexed. Plain JSON, integers as decimal text. */
export type ResolvedVault = {
  readonly vault: Address
  readonly asset: Address
  readonly symbol: string
  readonly decimals: number
  readonly assetSymbol: string
  readonly assetDecimals: number
  readonly shape: VaultShape
  readonly curator: Address | null
  readonly market: string | null
  readonly startBlock: number
  /** The vault at the end of the block before `startBlock`; zeros when it did not exist yet. */
  readonly before: { readonly totalAssets: string; readonly totalSupply: string }
  /** The vault is older than `startBlock`, so accounts may have had shares. */
  readonly isOlder: boolean
}

export type ResolvedErc4626 = {
  readonly vaults: readonly ResolvedVault[]
  /** First block in which vaults are compared with their own views, and how many blocks lie between two comparisons. */
  readonly checkFrom: number
  readonly checkEvery: number
}
