import type { CollateralLeg, UnitTerms } from './types'

/** Whether liquidation can take a leg: Aave only what is switched on and has a threshold; Morpho and Comet hold nothing else. */
export function isPledged(
  { rule }: Pick<UnitTerms, 'rule'>,
  leg: Pick<CollateralLeg, 'enabled' | 'liquidationThreshold'>,
): boolean {
  return leg.enabled && (rule !== 'aave' || leg.liquidationThreshold > 0)
}
