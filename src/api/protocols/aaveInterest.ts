/** Aave v3's interest between its last accrual and now, in rays. */
import { mulRayHalfUp, RAY } from '../../math/ray'

const secondsPerYear = 365n * 24n * 3600n

/** Growth of a supply since `accruedAt`: simple interest. */
export function linearInterest(rate: bigint, elapsed: bigint): bigint {
  return RAY + (rate * elapsed) / secondsPerYear
}

/** Growth of a debt: the first three terms of e^(rate · time), as deployments that round towards the protocol compute it. */
export function compoundedInterest(rate: bigint, elapsed: bigint): bigint {
  if (elapsed === 0n) return RAY
  const x = (rate * elapsed) / secondsPerYear
  return RAY + x + mulRayHalfUp(x, x / 2n + mulRayHalfUp(x, x / 6n))
}

/** Growth of a debt on older deployments: the first three terms of the binomial expansion of (1 + rate per second)^seconds. */
export function compoundedInterestBinomial(rate: bigint, elapsed: bigint): bigint {
  if (elapsed === 0n) return RAY
  const afterTwo = elapsed > 2n ? elapsed - 2n : 0n
  const powerTwo = mulRayHalfUp(rate, rate) / (secondsPerYear * secondsPerYear)
  const powerThree = mulRayHalfUp(powerTwo, rate) / secondsPerYear
  const second = (elapsed * (elapsed - 1n) * powerTwo) / 2n
  const third = (elapsed * (elapsed - 1n) * afterTwo * powerThree) / 6n
  return RAY + (rate * elapsed) / secondsPerYear + second + third
}
