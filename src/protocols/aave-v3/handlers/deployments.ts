import type { Address } from 'viem'
import { indexer } from '../../../runtime/indexer'
import type { ResolvedAaveV3 } from '../types'

const deployments = indexer.resolved.aaveV3

/** The pool a configurator belongs to. */
export function poolOf(configurator: Address): Address {
  return deployments.find((deployment) => deployment.configurator === configurator)!.pool
}

/** The market of an addresses provider. */
export function deploymentOf(provider: Address): ResolvedAaveV3 {
  return deployments.find((deployment) => deployment.provider === provider)!
}

export const pools: readonly Address[] = deployments.map(({ pool }) => pool)
