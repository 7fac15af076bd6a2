import type { HaircutParameters } from '../types/parameters'
import type { ResolvedAsset, ResolvedHaircutInputs, ResolvedProvenance } from '../types/portfolio'
import type { Deduction } from './types'

/** One asset in one place: what every step but size and cap can be decided on. */
export type Leaf = ResolvedAsset & ResolvedProvenance & { readonly haircut: ResolvedHaircutInputs }

const DAYS_PER_YEAR = 365

/**
 * max(class floor, z·σ·√(τ_detect + τ_liq·(1+n)(1+2n)/(6n²))): the loss at a quantile while n equal slices are sold over the class
 * horizon. The bracket is the variance, in horizons, of what is still held.
 */
export function marketDeduction(leaf: Leaf, { market }: HaircutParameters): Deduction {
  const { z, detectDays, slices } = market
  const { haircutFloor, horizonDays } = leaf.class
  const held = ((1 + slices) * (1 + 2 * slices)) / (6 * slices * slices)
  const years = (detectDays + horizonDays * held) / DAYS_PER_YEAR
  const loss = Math.min(1, z * (leaf.haircut.volatility ?? 0) * Math.sqrt(years))
  return loss > haircutFloor
    ? { step: 'market', rule: 'volatility', haircut: loss }
    : { step: 'market', rule: `floor:${leaf.className}`, haircut: haircutFloor }
}

/** max(0, floor − discount already in the mark): a wrapper that trades below redemption has paid part of its floor. */
export function wrapperDeduction(leaf: Leaf): Deduction {
  const { redemptionPrice } = leaf.haircut
  const discount =
    redemptionPrice === null || redemptionPrice <= 0 ? 0 : Math.max(0, 1 - leaf.markPrice / redemptionPrice)
  const haircut = Math.max(0, leaf.class.wrapperFloor - discount)
  const rule = discount > 0 ? `floor:${leaf.className}-discount` : `floor:${leaf.className}`
  return { step: 'wrapper', rule, haircut }
}

/** The haircut of the protocol's tier: the leaf's own, else the default one. */
export function protocolDeduction(leaf: Leaf, parameters: HaircutParameters): Deduction {
  const tier = leaf.haircut.protocolTier ?? parameters.defaultProtocolTier
  return { step: 'protocol', rule: `tier:${tier}`, haircut: tierHaircut(parameters.protocolTiers, tier) }
}

/** The chain's tier and the way the token came to it, one after the other. */
export function chainDeduction(leaf: Leaf, parameters: HaircutParameters): Deduction {
  const tier = leaf.haircut.chainTier ?? parameters.defaultChainTier
  const chain = tierHaircut(parameters.chainTiers, tier)
  const haircut = 1 - (1 - chain) * (1 - parameters.bridge[leaf.bridge])
  return { step: 'chain', rule: `tier:${tier},bridge:${leaf.bridge}`, haircut }
}

/** The larger of the single-source charge (an unknown number of sources is one) and a multiple of the deviation threshold. */
export function oracleDeduction(leaf: Leaf, { oracle }: HaircutParameters): Deduction {
  const single = (leaf.haircut.oracleSources ?? 1) <= 1 ? oracle.singleSource : 0
  const deviation = Math.min(1, oracle.deviationMultiplier * leaf.haircut.oracleDeviation)
  if (deviation > single) return { step: 'oracle', rule: 'deviation', haircut: deviation }
  return { step: 'oracle', rule: single > 0 ? 'singleSource' : 'none', haircut: single }
}

/** A tier the parameters do not have takes everything. */
function tierHaircut(tiers: Readonly<Record<string, number>>, tier: string): number {
  return (Object.hasOwn(tiers, tier) ? tiers[tier] : undefined) ?? 1
}
