import { absorbAccount } from './forecast/absorbAccount'
import { type AaveLiquidationOptions, liquidateAave } from './forecast/liquidateAave'
import { liquidateMorpho } from './forecast/liquidateMorpho'
import { type LiquidationForecast, summarize } from './forecast/summarize'
import type { UnitPrices, UnitTerms } from './types'
import { unitPrices } from './unitPrices'

/** Calls after which a unit counts as being at rest: every one halves the debt or ends it. */
const MAX_CALLS = 64

export interface ForecastOptions {
  /** Aave: rules of the deployed version and the protocol's part of the bonus. */
  readonly aave?: AaveLiquidationOptions
  /** Liquidation calls to follow; default until the unit is healthy or empty. */
  readonly calls?: number
}

/**
 * What the protocol itself would do to a unit at these prices, by its own rules: Aave's close factor and dust limits, Morpho's full
 * repayment with bad debt shared out, Comet's absorption. For forecasts; requirements use `evaluateLendingUnit`, which is never
 * better for the owner. Each call takes the pair of collateral and debt that costs the owner most. Quantities in units of the
 * tokens, values in USD; real calls round token amounts to integers, so a forecast is within one unit per token.
 */
export function forecastLiquidation(
  unit: UnitTerms,
  options: ForecastOptions = {},
  prices: UnitPrices = unitPrices(unit),
): LiquidationForecast {
  const limit = Math.min(options.calls ?? MAX_CALLS, MAX_CALLS)
  switch (unit.rule) {
    case 'aave':
      return summarize(unit, prices, liquidateAave(unit, prices, options.aave ?? {}, limit))
    case 'morpho':
      return summarize(unit, prices, liquidateMorpho(unit, prices, limit))
    case 'comet':
      return summarize(unit, prices, absorbAccount(unit, prices, limit))
    default:
      return unit.rule satisfies never
  }
}
