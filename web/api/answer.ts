/**
 * The parts of the API's answers that the page shows. Every figure is a decimal string; `null` is unknown, and says so on the page.
 * Fields are optional where an older or a reduced answer may lack them: a missing one is shown as unknown, never as zero.
 */
export type Figure = string | null | undefined

export interface ChainAsOf {
  readonly chainId: number
  readonly blockNumber: string
  readonly blockHash: string
  readonly timestamp: string
  readonly finality: string
  readonly lagSeconds: number
}

export interface AsOf {
  readonly cut: string
  readonly chains: Readonly<Record<string, ChainAsOf>>
}

export interface Missing {
  readonly scope: string
  readonly chain: string | null
  readonly id: string
  readonly reasonCode: string
  readonly detail: string | null
}

export interface HaircutStep {
  readonly step: string
  readonly input: Figure
  readonly rule: string
  readonly haircut: Figure
  readonly amount: Figure
}

export interface CollateralRow {
  /** `null`, as the token is, for what is held at the venue itself. */
  readonly chain: string | null
  readonly protocol: string
  readonly market: string
  /** `supply`, `collateral`, or a kind of `borrow`. */
  readonly side: string
  readonly token: string | null
  readonly decimals: number | null
  readonly asset: string | null
  readonly shares: string | null
  readonly amount: string | null
  readonly oraclePrice: Figure
  readonly markPrice: Figure
  readonly marketValue: Figure
  readonly reasonCode: string | null
  readonly path: readonly string[]
  readonly unit: string | null
  readonly movable: Figure
  readonly steps: readonly HaircutStep[]
  readonly credit: Figure
}

/** Where a row is; what is held at the venue itself is on no chain. */
export function placeOf({ chain }: CollateralRow): string {
  return chain ?? 'venue'
}

/** A debt has a positive value and no credit. */
export function isDebt({ side }: CollateralRow): boolean {
  return side.startsWith('borrow')
}

export interface LendingUnit {
  readonly id: string
  readonly chain: string
  readonly protocol: string
  readonly unit: string
  readonly label?: string
  readonly rule: string
  readonly control: string
  readonly healthFactor: string | null
  readonly collateralValue: Figure
  readonly debtValue: Figure
  readonly equity: Figure
  readonly badDebt: Figure
  readonly movable: Figure
  readonly reach: string | null
  /** Absent in answers of older services. */
  readonly outlook?: readonly OutlookRow[]
  readonly credit: Figure
}

/** A lending unit after one move of every price in it that is not a stablecoin's. */
export interface OutlookRow {
  readonly move: string
  readonly healthFactor: string | null
  readonly equity: Figure
  readonly movable: Figure
}

export interface PriceRow {
  readonly asset: string
  readonly chain: string
  readonly source: string
  readonly price: Figure
  readonly updatedAt: string | null
  readonly ageSeconds: number | null
  readonly usable: boolean
  readonly reasonCode?: string | null
}

export interface ScenarioMove {
  readonly riskGroup: string
  readonly price: string
  readonly vol: string
}

/** What account and venue have agreed; `*` is every chain or protocol. */
export interface Agreement {
  readonly account: string
  readonly chain: string
  readonly protocol: string
  readonly control: string
  readonly unwindable: boolean
  readonly since: string
}

export interface MarginAnswer {
  readonly account: string
  readonly model: string
  readonly status: string
  readonly grossCollateralValue: Figure
  readonly debtValue: Figure
  readonly grossEquity: Figure
  readonly nonRecourseShortfall: Figure
  readonly haircutTotal: Figure
  readonly collateralCredit: Figure
  /** Who asks; these five are absent in answers of older services. */
  readonly venue?: string | null
  readonly agreements?: readonly Agreement[]
  readonly indicativeCredit?: Figure
  readonly noticeCredit?: Figure
  readonly enforceableCredit?: Figure
  readonly cash: Figure
  readonly netOptionValue: Figure
  readonly unrealizedPnl: Figure
  readonly accruedFunding: Figure
  readonly recourseDebt: Figure
  readonly marginBalance: Figure
  readonly initialMargin: Figure
  readonly maintenanceMargin: Figure
  readonly excessInitialMargin: Figure
  readonly excessMaintenanceMargin: Figure
  readonly marginRatio: string | null
  readonly marginRatioReason?: string | null
  readonly availableToWithdraw: Figure
  readonly components?: {
    readonly scan: Figure
    readonly joint: Figure | null
    readonly jointReason?: string | null
    readonly stress: Figure
    readonly addOns: readonly { readonly kind: string; readonly amount: Figure }[]
  }
  readonly worstScenario?: {
    readonly id: string
    readonly loss: Figure
    readonly moves?: readonly ScenarioMove[]
  } | null
  readonly collateral: readonly CollateralRow[]
  readonly lendingUnits: readonly LendingUnit[]
  readonly prices: readonly PriceRow[]
  readonly complete: boolean
  readonly missing: readonly Missing[]
  readonly asOf: AsOf
  readonly finality?: {
    readonly requested: string
    readonly decisive: string
    readonly cuts?: Readonly<Record<string, AsOf>>
  }
  readonly parametersVersion: string
  readonly stateHash: string
}

export interface ChainStatus {
  readonly required: boolean
  readonly maxLagSeconds: number
  readonly inCut: boolean
  readonly reasonCode: string | null
  readonly indexed: { readonly blockNumber: string; readonly timestamp: string } | null
}

export interface StatusAnswer {
  readonly clock?: string
  readonly chains: Readonly<Record<string, ChainStatus>>
}

export interface SeededAccount {
  readonly address: string
  readonly shape: string
  readonly chains: readonly string[]
}
