import type { FeedFact, MarketFact, MarketParametersFact, MarketStateFact, PriceFact, TokenFact } from '../facts'

export interface MarketsQuestion {
  readonly chain: string
  readonly time: bigint
  readonly facts: {
    readonly markets: readonly MarketFact[]
    readonly marketStates: readonly MarketStateFact[]
    readonly marketParameters: readonly MarketParametersFact[]
    readonly tokens: readonly TokenFact[]
    readonly feeds: readonly FeedFact[]
    readonly prices: readonly PriceFact[]
  }
}

/** A market as the protocol's own view functions describe it at the instant; raw integers. */
export interface MarketReading {
  readonly chain: string
  readonly protocol: string
  readonly market: string
  readonly token: string
  readonly decimals: number
  /** Of a market that lends one token against another; `null` where every collateral has a market of its own. */
  readonly collateralToken: string | null
  /** `null` for a protocol without indexes. */
  readonly supplyIndex: bigint | null
  readonly borrowIndex: bigint | null
  /** Scaled units or shares. */
  readonly scaledSupply: bigint
  readonly totalSupply: bigint
  readonly scaledBorrow: bigint
  readonly totalBorrow: bigint
  readonly stableBorrow: bigint
  /** Scaled, not yet minted; `null` where it cannot be known. */
  readonly accruedToTreasury: bigint | null
  readonly deficit: bigint | null
  /** `null` when the source has no positive answer. */
  readonly oraclePriceRaw: bigint | null
  readonly liquidity: bigint
  /** As the protocol counts rates; `null` while not known. */
  readonly supplyRate: bigint | null
  readonly borrowRate: bigint | null
  /** What the totals are accrued to: the instant, or earlier where interest since is not known. */
  readonly accruedAt: bigint
  readonly parameters: MarketParametersFact
}

/** Every market of one protocol on a chain, accrued to `time`. */
export type ReadMarkets = (question: MarketsQuestion) => readonly MarketReading[]
