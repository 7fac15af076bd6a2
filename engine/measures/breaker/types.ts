import type { BreakerRule } from '../../types'

/** The circuit breaker of one risk group. Times are unix seconds. */
export type BreakerParameters = BreakerRule

/** 40 minutes, k 3, factor ≤ 1.5, half-life 6 h and a ramp of 1 h: assumptions to be calibrated. */
export const breakerDefaults: BreakerParameters = {
  latencySeconds: 2400,
  deviations: 3,
  maxFactor: 1.5,
  halfLifeSeconds: 21_600,
  rampSeconds: 3600,
}

/** Excess of a factor over 1 below which the breaker is calm again. */
export const NEGLIGIBLE_EXCESS = 5e-7

/** What is published and what the next observation starts from. */
export type BreakerState =
  | { readonly kind: 'calm' }
  | {
      readonly kind: 'tripped'
      readonly trippedAt: number
      /** Factor on the shocks at `trippedAt`, above 1. */
      readonly factor: number
      /** Maintenance factor at `trippedAt`, from which it rises. */
      readonly maintenanceFrom: number
      /** The move that tripped it and the size it exceeded, fractions. */
      readonly move: number
      readonly limit: number
    }

/** Factors on the scenario shocks, each ≥ 1; the maintenance factor never exceeds the initial one. */
export interface BreakerFactors {
  /** For initial margin and withdrawals: at once. */
  readonly initial: number
  /** For maintenance margin: ramped. */
  readonly maintenance: number
}
