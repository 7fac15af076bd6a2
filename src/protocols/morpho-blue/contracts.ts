import { morphoBlueAbi } from '../../../abis/morpho-blue/morpho'
import { morphoRateModelAbi } from '../../../abis/morpho-blue/rateModel'
import type { Sources } from '../protocol'
import type { ResolvedMorphoBlue } from './types'

/** Morpho's own events, those of adaptive curves, and a look at what emits none: oracles and other rate models. */
export function morphoBlueSources({ deployments, pollFrom }: ResolvedMorphoBlue): Sources {
  if (deployments.length === 0) return {}
  const startBlock = Math.min(...deployments.map((deployment) => deployment.startBlock))
  const curves = [...new Set(deployments.flatMap(({ adaptiveCurves }) => adaptiveCurves))]
  return {
    contracts: {
      MorphoBlue: { abi: morphoBlueAbi, address: deployments.map(({ morpho }) => morpho), startBlock },
      ...(curves.length === 0 ? {} : { MorphoAdaptiveCurve: { abi: morphoRateModelAbi, address: curves, startBlock } }),
    },
    blocks: { MorphoWatch: { interval: 1, startBlock: Math.max(pollFrom, startBlock) } },
  }
}
