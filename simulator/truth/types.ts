import type { Address, Hash } from 'viem'
import type { Contract } from '../../devnet/chain/types'
import type { CometCollateral, MorphoMarketParams } from '../../devnet/deploy/types'

/** What view functions say of one reserve at one block. Token amounts in the token's smallest unit. */
export interface ReserveTruth {
  readonly asset: Address
  /** Its place in account and e-mode bitmaps. */
  readonly id: number
  readonly aToken: Contract
  readonly variableDebtToken: Contract
  /** `null` where the version has none. */
  readonly stableDebtToken: Contract | null
  readonly decimals: number
  /** Aave's configuration bitmap. */
  readonly configuration: bigint
  /** The pool's oracle, in its base currency. */
  readonly price: bigint
  readonly normalizedIncome: bigint
  readonly normalizedDebt: bigint
  readonly scaledSupply: bigint
  readonly supply: bigint
  readonly scaledDebt: bigint
  readonly debt: bigint
  readonly stableDebt: bigint
  readonly deficit: bigint
  /** What can be withdrawn or borrowed: the virtual balance in v3.6, the aToken's own tokens in v3.0. */
  readonly liquidity: bigint
  /** Yearly, in ray, as of the reserve's last accrual. */
  readonly supplyRate: bigint
  readonly borrowRate: bigint
  /** Scaled. */
  readonly accruedToTreasury: bigint
}

/** One account in one reserve. */
export interface HoldingTruth {
  readonly wallet: bigint
  readonly scaledSupply: bigint
  readonly supply: bigint
  readonly scaledDebt: bigint
  readonly debt: bigint
  readonly stableDebt: bigint
}

/** One Morpho market, accrued to the block by Morpho's own library. */
export interface MorphoMarketTruth {
  readonly name: string
  readonly id: string
  readonly params: MorphoMarketParams
  readonly totals: {
    readonly supplyAssets: bigint
    readonly supplyShares: bigint
    readonly borrowAssets: bigint
    readonly borrowShares: bigint
  }
  /** Loan token units per collateral unit, times 10^36; `null` without an oracle. */
  readonly price: bigint | null
  /** A wad per second. */
  readonly borrowRate: bigint
  readonly fee: bigint
}

/** One account in one Morpho market. */
export interface MorphoPositionTruth {
  readonly supplyShares: bigint
  readonly borrowShares: bigint
  readonly collateral: bigint
  readonly supplyAssets: bigint
  readonly borrowAssets: bigint
}

/** One collateral asset of the Comet. Factors are wads. */
export interface CometAssetTruth {
  readonly symbol: CometCollateral
  readonly asset: Address
  readonly scale: bigint
  readonly price: bigint
  readonly borrowCollateralFactor: bigint
  readonly liquidateCollateralFactor: bigint
  readonly supplyCap: bigint
  readonly total: bigint
  /** Units the contract owns itself, to be bought. */
  readonly reserve: bigint
}

/** The Comet, its totals accrued to the block by its own views. */
export interface CometTruth {
  readonly supply: bigint
  readonly borrow: bigint
  readonly supplyPrincipal: bigint
  readonly borrowPrincipal: bigint
  /** Wads per second, until it is next used. */
  readonly supplyRate: bigint
  readonly borrowRate: bigint
  readonly basePrice: bigint
  readonly baseScale: bigint
  readonly baseBorrowMin: bigint
  /** Base tokens the contract holds. */
  readonly liquidity: bigint
  /** Bits: supply, transfer, withdraw, absorb, buy. */
  readonly pauseFlags: number
  /** Tells its two configurations apart. */
  readonly supplyKink: bigint
  readonly assets: readonly CometAssetTruth[]
}

/** One account in the Comet. */
export interface CometPositionTruth {
  readonly principal: bigint
  readonly balance: bigint
  readonly debt: bigint
  readonly isLiquidatable: boolean
  /** In the order of `CometTruth.assets`. */
  readonly pledges: readonly bigint[]
}

export interface AccountTruth {
  readonly account: Address
  readonly collateralBase: bigint
  readonly debtBase: bigint
  readonly availableBorrowsBase: bigint
  readonly healthFactor: bigint
  readonly emode: number
  /** Two bits per reserve: borrowing, used as collateral. */
  readonly configuration: bigint
  /** By reserve, in the order of `ChainTruth.reserves`. */
  readonly holdings: readonly HoldingTruth[]
  /** By vault name. */
  readonly vaultShares: Readonly<Record<string, bigint>>
  readonly vaultAssets: Readonly<Record<string, bigint>>
  /** By market, in the order of `ChainTruth.morphoMarkets`. */
  readonly morpho: readonly MorphoPositionTruth[]
  readonly comet: CometPositionTruth
  /** Shares whose redemption is requested and not yet claimed, and what they convert to. */
  readonly requested: bigint
  readonly requestedAssets: bigint
  /** Of the staked ether that rebases, as its own balance says. */
  readonly staked: bigint
}

/** What a Vault V2 keeps, what lies idle in it, and what its adapters have. */
export interface VaultV2Truth {
  readonly address: Address
  readonly lastTotalAssets: bigint
  readonly accruedAt: bigint
  readonly idle: bigint
  /** Shares of a market, by its id, or of another vault, by its address. */
  readonly held: readonly { readonly adapter: Address; readonly of: string; readonly shares: bigint }[]
}

/** Everything the checker compares, read by view functions at one block hash. */
export interface ChainTruth {
  readonly chain: string
  readonly blockNumber: bigint
  readonly blockHash: Hash
  readonly timestamp: number
  readonly reserves: readonly ReserveTruth[]
  readonly accounts: readonly AccountTruth[]
  readonly morphoMarkets: readonly MorphoMarketTruth[]
  readonly comet: CometTruth
  readonly vaults: Readonly<Record<string, { readonly totalAssets: bigint; readonly totalSupply: bigint }>>
  /** What each vault that lends in Morpho has in each market, by its address. */
  readonly lenders: Readonly<Record<string, Readonly<Record<string, bigint>>>>
  /** `null` on a chain without one. */
  readonly vaultV2: VaultV2Truth | null
}
