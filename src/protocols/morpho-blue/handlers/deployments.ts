import type { Address, Hex } from 'viem'
import { indexer } from '../../../runtime/indexer'
import { marketKey } from '../keys'
import type { RateModelKind, ResolvedDeployment } from '../types'

export const { deployments } = indexer.resolved.morphoBlue

/** The deployment whose Morpho contract this is. */
export function deploymentOf(morpho: Address): ResolvedDeployment {
  return deployments.find((deployment) => deployment.morpho === morpho)!
}

/** The deployment that uses an adaptive curve. */
export function deploymentOfCurve(curve: Address): ResolvedDeployment {
  return deployments.find(({ adaptiveCurves }) => adaptiveCurves.includes(curve))!
}

export function keyOf({ morpho }: ResolvedDeployment, id: Hex): { protocol: string; market: string } {
  return marketKey(morpho, id, deployments.length === 1)
}

export function isIndexed({ markets }: ResolvedDeployment, id: Hex): boolean {
  return markets === null || markets.includes(id)
}

export function rateModelKind({ adaptiveCurves }: ResolvedDeployment, rateModel: Address | null): RateModelKind {
  if (rateModel === null) return 'none'
  return adaptiveCurves.includes(rateModel) ? 'adaptive-curve' : 'read'
}
