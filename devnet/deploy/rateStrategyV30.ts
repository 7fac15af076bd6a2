import type { Address } from 'viem'
import { deployContract } from '../chain/deployContract'
import type { LocalChain } from '../chain/types'
import type { AaveV30Artifacts } from './deployAaveV30'
import type { AaveCore, ReserveListing } from './types'

const rayPerBasisPoint = 10n ** 23n
/** Stable debt costs this much more than the variable rate at the optimum, and more still beyond its share of all debt. */
const stableOffset = 200n
const stableExcessOffset = 500n
const optimalStableShare = 2000n

/** Queues the rate strategy of one v3.0 reserve, with a stable rate as steep as the variable one. */
export async function rateStrategyV30(
  chain: LocalChain,
  artifacts: Pick<AaveV30Artifacts, 'DefaultReserveInterestRateStrategy'>,
  owner: Address,
  { addressesProvider }: AaveCore,
  { parameters: { rates } }: ReserveListing,
): Promise<Address> {
  const [slope1, slope2] = [BigInt(rates.slope1), BigInt(rates.slope2)]
  const basisPoints = [
    BigInt(rates.optimalUsage),
    BigInt(rates.base),
    ...[slope1, slope2],
    ...[slope1, slope2],
    ...[stableOffset, stableExcessOffset, optimalStableShare],
  ]
  const strategy = await deployContract(chain, owner, artifacts.DefaultReserveInterestRateStrategy, [
    addressesProvider.address,
    ...basisPoints.map((value) => value * rayPerBasisPoint),
  ])
  return strategy.address
}
