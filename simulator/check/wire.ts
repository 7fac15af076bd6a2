/** The parts of the API's answers that the checker reads. */
export interface CollateralBody {
  readonly complete: boolean
  readonly missing: readonly { readonly id: string; readonly reasonCode: string }[]
  readonly asOf: {
    readonly chains: Readonly<Record<string, { readonly blockNumber: string; readonly blockHash: string }>>
  }
  readonly collateral: readonly CollateralRow[]
  readonly lendingUnits: readonly LendingUnitRow[]
  /** Only where asked for: everything the answer was computed from. */
  readonly facts?: { readonly facts: { readonly chains: Readonly<Record<string, ChainFactsBody>> } }
}

export interface ChainFactsBody {
  readonly lendingAccounts: readonly {
    readonly protocol: string
    readonly account: string
    readonly emode: number
    readonly collateralBitmap: string
  }[]
  readonly vaultStates: readonly {
    readonly vault: string
    readonly status: string
    readonly totalAssets: string
    readonly totalSupply: string
    readonly lastTotalAssets?: string | null
    readonly accruedAt?: string | null
  }[]
  readonly vaultPositions?: readonly { readonly account: string; readonly market: string; readonly raw: string }[]
}

export interface CollateralRow {
  readonly chain: string
  readonly account: string
  readonly protocol: string
  readonly market: string
  readonly side: 'supply' | 'collateral' | 'borrow'
  readonly token: string
  /** `null` when unknown, with a reason beside it. */
  readonly shares: string | null
  readonly amount: string | null
}

export interface LendingUnitRow {
  readonly chain: string
  readonly account: string
  readonly protocol: string
  readonly unit: string
  readonly collateralBaseRaw: string | null
  readonly debtBaseRaw: string | null
  readonly healthFactorRaw: string | null
}

export interface MarketsBody {
  readonly asOf: CollateralBody['asOf']
  readonly markets: readonly MarketRow[]
}

/** Totals of one market; raw integers as text, indexes in ray accrued to the cut. */
export interface MarketRow {
  readonly chain: string
  readonly protocol: string
  readonly market: string
  readonly token: string
  readonly supplyIndex: string
  readonly borrowIndex: string
  readonly scaledSupply: string
  readonly totalSupply: string
  readonly scaledBorrow: string
  readonly totalBorrow: string
  readonly stableBorrow: string
  readonly deficit: string | null
  readonly oraclePriceRaw: string | null
  readonly decimals: number
  readonly liquidity: string
  readonly supplyRate: string
  readonly borrowRate: string
  readonly accruedToTreasury?: string | null
  /** Morpho's fee, a wad. */
  readonly reserveFactor?: string | null
  readonly maxLtv: string
  readonly liquidationThreshold: string
  readonly liquidationIncentive: string
  readonly supplyCap: string
  readonly borrowCap: string
  /** In alphabetical order. */
  readonly flags: readonly string[]
}
