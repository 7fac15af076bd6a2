import type { Address, Hex } from 'viem'

/**
 * How shares turn into assets. `standard` (OpenZeppelin) and `solmate` hold their assets themselves, `stata` wraps an Aave aToken, `metaMorpho` lends in
 * Morpho Blue; these follow from events at any instant. Anything else (`other`) is read by block interval.
 */
export type VaultShape = 'standard' | 'solmate' | 'stata' | 'metaMorpho' | 'other'

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
  /** The Aave reserve whose receipt the vault's asset is, or wraps; null for any other asset. */
  readonly market: string | null
  /** Redemptions are requested first and paid later (ERC-7540). */
  readonly asyncRedeem: boolean
  /** Every how many blocks it is compared with its own views, or read where nothing else says what it is worth. */
  readonly refreshBlocks: number
  readonly startBlock: number
  /** The vault at the end of the block before `startBlock`; zeros when it did not exist yet. */
  readonly before: { readonly totalAssets: string; readonly totalSupply: string }
  /** The vault is older than `startBlock`, so accounts may have had shares. */
  readonly isOlder: boolean
  readonly metaMorpho: ResolvedMetaMorpho | null
  /** Of what it does not hold itself, before `startBlock`: scaled receipts, or shares of the markets of its withdraw queue, in its order. */
  readonly elsewhere: readonly string[]
}

/** What is particular to a MetaMorpho vault; all but the first two as it stood before `startBlock`. */
export type ResolvedMetaMorpho = {
  readonly morpho: Address
  /** Version 1.1 goes on counting assets it has lost. */
  readonly countsLost: boolean
  readonly fee: string
  readonly feeRecipient: Address
  readonly owner: Address
  readonly curator: Address
  readonly guardian: Address
  readonly lastTotalAssets: string
  readonly lostAssets: string
  readonly supplyQueue: readonly Hex[]
  readonly withdrawQueue: readonly Hex[]
  /** By market id, those above zero. */
  readonly caps: Readonly<Record<string, string>>
}

export type ResolvedErc4626 = {
  readonly vaults: readonly ResolvedVault[]
  /** First block in which vaults are compared with their own views, and how many blocks lie between two comparisons. */
  readonly checkFrom: number
  readonly checkEvery: number
}
