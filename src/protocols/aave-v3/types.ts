import type { Address } from 'viem'

/** A reserve that stood before the first indexed block. Integers as decimal text. */
export type ReserveBefore = {
  readonly asset: Address
  readonly symbol: string
  readonly decimals: number
  readonly id: number
  readonly aToken: Address
  readonly variableDebtToken: Address
  readonly stableDebtToken: Address | null
  readonly receiptRevision: number
  readonly debtRevision: number
  readonly source: Address | null
  /** Aave's packed configuration word. */
  readonly configuration: string
  readonly state: {
    readonly supplyIndex: string
    readonly borrowIndex: string
    readonly supplyRate: string
    readonly borrowRate: string
    readonly totalSupply: string
    readonly totalBorrow: string
    readonly liquidity: string
    readonly accruedAt: string
    readonly accruedToTreasury: string
    readonly deficit: string
    readonly stable: { readonly principal: string; readonly rate: string; readonly accruedAt: string } | null
  }
}

/** An e-mode category that stood before the first indexed block; bitmaps are null where reserves name their category (before 3.2). */
export type CategoryBefore = {
  readonly id: number
  readonly label: string
  readonly ltv: number
  readonly liquidationThreshold: number
  readonly liquidationBonus: number
  readonly priced: Address | null
  readonly source: Address | null
  readonly bitmaps: { readonly collateral: string; readonly borrowable: string; readonly ltvZero: string } | null
}

/** What stood at the end of the block before the first indexed one. */
export type MarketBefore = {
  readonly revision: number | null
  readonly oracle: { readonly address: Address; readonly baseCurrency: Address; readonly baseUnit: string } | null
  readonly reserves: readonly ReserveBefore[]
  readonly categories: readonly CategoryBefore[]
}

/** One Aave v3 market (a PoolAddressesProvider and what hangs on it), as found when the chain was first indexed. Plain JSON. */
export type ResolvedAaveV3 = {
  readonly name: string
  readonly provider: Address
  readonly pool: Address
  readonly configurator: Address
  readonly startBlock: number
  /** Null when indexing begins before the market. */
  readonly before: MarketBefore | null
}
