/** Adaptive curves say the rate at target utilization whenever Morpho asks them. */
import { morphoRateModelAbi as abi } from '../../../../abis/morpho-blue/rateModel'
import { changeMarketState } from '../../../positions/write'
import { onEvent } from '../../../runtime/onEvent'
import { ensureMarket } from './before'
import { deploymentOfCurve, isIndexed, keyOf } from './deployments'
import { initialState } from './state'

export const curveHandlers = [
  onEvent('MorphoAdaptiveCurve', abi, 'BorrowRateUpdate', async (facts, { args, address }) => {
    const deployment = deploymentOfCurve(address)
    if (!isIndexed(deployment, args.id)) return
    await ensureMarket(facts, deployment, args.id)
    const { avgBorrowRate: borrowRate, rateAtTarget } = args
    await changeMarketState(facts, keyOf(deployment, args.id), initialState(facts.stamp.blockTimestamp), () => ({
      borrowRate,
      rateAtTarget,
    }))
  }),
]
