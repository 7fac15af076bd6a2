/** One token that exists on every local chain, with the parameters of its Aave reserve. */
export interface DevnetAsset {
  readonly symbol: AssetSymbol
  readonly name: string
  readonly decimals: number
  /** US dollars with 8 decimals at genesis, as the feed would say it. */
  readonly initialPrice: bigint
  /** Standard deviation of a day's price move, as a fraction. */
  readonly dailyVolatility: number
  readonly band: readonly [string, string]
  readonly class: 'major' | 'lst' | 'majorStable'
  readonly riskGroup: string
  readonly issuer: string | null
  readonly reserve: ReserveParameters
}

/** Ratios in basis points; caps in whole tokens, as Aave takes them. */
export interface ReserveParameters {
  readonly ltv: bigint
  readonly liquidationThreshold: bigint
  /** Above 10,000: what a liquidator receives for each 10,000 repaid. */
  readonly liquidationBonus: bigint
  readonly liquidationProtocolFee: bigint
  readonly reserveFactor: bigint
  readonly supplyCap: bigint
  readonly borrowCap: bigint
  readonly rates: InterestRates
  /** Nobody may borrow it when `false`. */
  readonly borrowing?: boolean
  /** v3.0 only. */
  readonly stableBorrowing?: boolean
  /** Debt in it may be taken against an isolated asset. */
  readonly borrowableInIsolation?: boolean
  /** Debt in it cannot stand beside debt in anything else. */
  readonly siloed?: boolean
  /** Makes the asset isolated collateral: all debt against it together, in dollars with 2 decimals. */
  readonly debtCeiling?: bigint
}

/** Basis points. */
export interface InterestRates {
  readonly optimalUsage: number
  readonly base: number
  readonly slope1: number
  readonly slope2: number
}

export const assetSymbols = ['WETH', 'WBTC', 'USDC', 'wstETH'] as const
export type AssetSymbol = (typeof assetSymbols)[number]

/** Ether per wrapped staked ether at genesis, 18 decimals; it grows by `stakingYieldPerYear`. */
export const initialStakingRate = 1_205_000_000_000_000_000n
export const stakingYieldPerYear = 0.03

export const assets: Readonly<Record<AssetSymbol, DevnetAsset>> = {
  WETH: {
    symbol: 'WETH',
    name: 'Wrapped Ether',
    decimals: 18,
    initialPrice: 3_120_00000000n,
    dailyVolatility: 0.012,
    band: ['100', '100000'],
    class: 'major',
    riskGroup: 'ETH',
    issuer: null,
    reserve: {
      ltv: 8050n,
      liquidationThreshold: 8300n,
      liquidationBonus: 10500n,
      liquidationProtocolFee: 1000n,
      reserveFactor: 1500n,
      supplyCap: 2_000_000n,
      borrowCap: 1_800_000n,
      rates: { optimalUsage: 9000, base: 0, slope1: 270, slope2: 8000 },
      stableBorrowing: true,
    },
  },
  WBTC: {
    symbol: 'WBTC',
    name: 'Wrapped Bitcoin',
    decimals: 8,
    initialPrice: 64_800_00000000n,
    dailyVolatility: 0.01,
    band: ['1000', '1000000'],
    class: 'major',
    riskGroup: 'BTC',
    issuer: 'test custodian',
    reserve: {
      ltv: 7300n,
      liquidationThreshold: 7800n,
      liquidationBonus: 10500n,
      liquidationProtocolFee: 1000n,
      reserveFactor: 2000n,
      supplyCap: 43_000n,
      borrowCap: 28_000n,
      rates: { optimalUsage: 4500, base: 20, slope1: 400, slope2: 30000 },
    },
  },
  USDC: {
    symbol: 'USDC',
    name: 'USD Coin',
    decimals: 6,
    initialPrice: 99_990_000n,
    dailyVolatility: 0.0002,
    band: ['0.5', '2'],
    class: 'majorStable',
    riskGroup: 'USD',
    issuer: 'test issuer',
    reserve: {
      ltv: 7500n,
      liquidationThreshold: 7800n,
      liquidationBonus: 10450n,
      liquidationProtocolFee: 1000n,
      reserveFactor: 1000n,
      supplyCap: 3_000_000_000n,
      borrowCap: 2_700_000_000n,
      rates: { optimalUsage: 9200, base: 0, slope1: 550, slope2: 6000 },
      stableBorrowing: true,
      borrowableInIsolation: true,
    },
  },
  wstETH: {
    symbol: 'wstETH',
    name: 'Wrapped staked Ether (stand-in)',
    decimals: 18,
    initialPrice: (3_120_00000000n * initialStakingRate) / 10n ** 18n,
    dailyVolatility: 0.001,
    band: ['100', '200000'],
    class: 'lst',
    riskGroup: 'ETH',
    issuer: 'test staking pool',
    reserve: {
      ltv: 7850n,
      liquidationThreshold: 8100n,
      liquidationBonus: 10600n,
      liquidationProtocolFee: 1000n,
      reserveFactor: 500n,
      supplyCap: 650_000n,
      borrowCap: 12_000n,
      rates: { optimalUsage: 4500, base: 0, slope1: 450, slope2: 8500 },
    },
  },
}

/** Aave's e-mode for tokens that follow ether. Basis points. */
export const etherCategory = {
  id: 1,
  label: 'ETH correlated',
  ltv: 9350,
  liquidationThreshold: 9550,
  liquidationBonus: 10100,
  collateral: ['wstETH', 'WETH'],
  borrowable: ['WETH', 'wstETH'],
} as const satisfies {
  readonly collateral: readonly AssetSymbol[]
  readonly borrowable: readonly AssetSymbol[]
  readonly [parameter: string]: unknown
}
