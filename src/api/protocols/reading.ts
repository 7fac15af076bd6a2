/** What a protocol's facts say about one account at one instant: claims, and the risk units some of them form. Pure data in, pure data out. */
import type { ChainFacts } from '../facts'

/** An integer answer of a price source, in its own decimals. */
export interface RawPrice {
  readonly answer: bigint
  readonly decimals: number
}

/** One thing held or owed. Amounts are in the token's smallest unit and always positive; `side` says which way they count. */
export interface Claim {
  readonly chain: string
  readonly protocol: string
  readonly market: string
  readonly account: string
  readonly side: 'supply' | 'collateral' | 'borrow'
  readonly token: string
  readonly decimals: number
  /** In shares or scaled units, as the protocol stores it. */
  readonly shares: bigint
  /** In the token, at the instant: assets rounded down, debts up, exactly as the protocol's view function does. */
  readonly amount: bigint
  /** From the chain down to the leaf. */
  readonly path: readonly string[]
  readonly curator: string | null
  /** Id of the lending unit the claim belongs to; `null` when it stands alone. */
  readonly unit: string | null
  readonly terms: LendingTerms | null
  /** What of the amount can be taken out now, where it stands alone; all of it when absent. */
  readonly movable?: bigint
  /** Seconds since the amount was read, where it does not follow from facts of the very instant. */
  readonly ageSeconds?: number
  /** Why it gives no credit although it has a value. */
  readonly refused?: ReasonCode
  /** What a token that is itself a share or a receipt is a claim on; absent where it is neither, or configured as an asset of its own. */
  readonly leaf?: ClaimLeaf
}

/** What lies behind the whole of a claim in the end. */
export interface ClaimLeaf {
  readonly token: string
  readonly decimals: number
  /** Rounded like the claim's own amount. */
  readonly amount: bigint
}

/** How a lending unit treats one of its claims. Ratios have `ratioDecimals`. */
export interface LendingTerms {
  /** False when the owner has not enabled it as collateral: it then backs nothing. */
  readonly enabled: boolean
  readonly ratioDecimals: number
  readonly maxLtv: bigint
  readonly liquidationThreshold: bigint
  /** Collateral taken per value repaid, so at least one; `null` where it follows from the protocol's rule. */
  readonly liquidationIncentive: bigint | null
  /** Of a whole token in the unit's base; the decimals are those it counts with. */
  readonly oraclePrice: RawPrice | null
  /** Key of the price source. */
  readonly oracle: string | null
  /** What the market can pay out now, in the token. */
  readonly freeLiquidity: bigint
  readonly withdrawalsPaused: boolean
}

/** By protocol, as the engine's forecast takes them. */
export interface LiquidationRules {
  readonly aave?: { readonly version: '3.0' | '3.3' }
}

/** A protocol's own risk unit, with the integers its own view function returns; `null` where a price is unknown. */
export interface UnitReading {
  readonly id: string
  readonly chain: string
  readonly protocol: string
  readonly unit: string
  readonly account: string
  readonly rule: 'aave' | 'morpho' | 'comet'
  /** Which of the protocol's liquidation rules are deployed, where they changed between versions. */
  readonly liquidation: LiquidationRules
  readonly label: string
  readonly path: readonly string[]
  /** The token the unit counts in; `null` for USD. */
  readonly baseToken: string | null
  readonly baseDecimals: number
  readonly collateralBaseRaw: bigint | null
  readonly debtBaseRaw: bigint | null
  /** 18 decimals; `null` without debt. */
  readonly healthFactorRaw: bigint | null
}

/** Every reason for which something gives no credit. `docs/interfaces.md` says what each means. */
export const reasonCodes = [
  'CHAIN_STALE',
  'CHAIN_UNREACHABLE',
  'CHAIN_REORG',
  'PRICE_STALE',
  'PRICE_ABSURD',
  'PRICE_MISSING',
  'VAULT_REVERTED',
  'READ_FAILED',
  'QUARANTINED',
  'TOKEN_UNKNOWN',
  'DEPTH_EXCEEDED',
  'NOT_HYDRATED',
  'REDEMPTION_QUEUED',
] as const

export type ReasonCode = (typeof reasonCodes)[number]

/** Something that could not be valued: its credit is zero, and this is why. */
export interface Missing {
  readonly scope: 'chain' | 'protocol' | 'market' | 'vault' | 'price' | 'token'
  readonly chain: string
  readonly id: string
  readonly reasonCode: ReasonCode
  readonly detail: string
}

export interface Reading {
  readonly claims: readonly Claim[]
  readonly units: readonly UnitReading[]
  readonly missing: readonly Missing[]
}

/** Reads one protocol's facts for one account at `time` (unix seconds). */
export type ReadProtocol = (question: {
  readonly chain: string
  readonly facts: ChainFacts
  readonly account: string
  readonly time: bigint
}) => Reading
