import type { Address, Hex } from 'viem'

/**
 * How shares turn into assets. `standard` (OpenZeppelin) and `solmate` hold their assets themselves, `stata` wraps an Aave aToken, `metaMorpho` lends in
 * Morpho Blue, `vaultV2` through adapters; these follow from events at any instant. Anything else (`other`) is read by block interval.
 */
export type VaultShape = 'standard' | 'solmate' | 'stata' | 'metaMorpho' | 'vaultV2' | 'other'

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
  readonly vaultV2: ResolvedVaultV2 | null
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

/** What is particular to a Vault V2, as it stood before `startBlock`. Rates and fees are wads, those by time per second. */
export type ResolvedVaultV2 = {
  readonly owner: Address
  readonly curator: Address
  readonly gate: Address
  readonly fee: string
  readonly feeRecipient: Address
  readonly managementFee: string
  readonly managementFeeRecipient: Address
  readonly maxRate: string
  readonly lastTotalAssets: string
  /** Unix seconds. */
  readonly accruedAt: string
  readonly liquidityAdapter: Address
  /** Hash of what says where in it. */
  readonly liquidityMarket: Hex
  readonly adapters: readonly ResolvedAdapter[]
}

/** A contract that holds what a Vault V2 has. */
export type VaultAdapter = {
  readonly address: Address
  /** What counts of loans in markets: its `positions`, or what its own `books` say of them. */
  readonly kind: 'vault' | 'positions' | 'books' | 'unknown'
  /** The other vault it has shares of. */
  readonly vault: Address | null
  /** The Morpho Blue contract it lends in. */
  readonly lender: Address | null
}

export type ResolvedAdapter = VaultAdapter & {
  readonly penalty: string
  /** Of the other vault; null where it has none. */
  readonly innerShares: string | null
  readonly allocations: readonly ResolvedAllocation[]
}

/** A market by its id in Morpho and by the vault's own, and what the vault's books allocate to it. */
export type ResolvedAllocation = {
  readonly market: Hex
  readonly id: Hex
  readonly cap: string
  readonly assets: string
  /** By the adapter's own books; null where it keeps none. */
  readonly shares: string | null
  /** Shares of the market the adapter has in Morpho itself. */
  readonly supplied: string
}

export type ResolvedErc4626 = {
  readonly vaults: readonly ResolvedVault[]
  /** First block in which vaults are compared with their own views, and how many blocks lie between two comparisons. */
  readonly checkFrom: number
  readonly checkEvery: number
}
