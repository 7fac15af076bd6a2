import { mulRayHalfUp, RAY } from '../../math/ray'

const secondsPerYear = 365n * 24n * 3600n

/**
 * Growth of a debt on Aave before 3.4, a ray: the first three terms of the binomial expansion of (1 + rate per second)^seconds.
 * @param rate yearly, a ray. @param elapsed seconds since the last accrual.
 */
export function compoundInterestBinomial(rate: bigint, elapsed: bigint): bigint {
  if (elapsed === 0n) return RAY
  const afterTwo = elapsed > 2n ? elapsed - 2n : 0n
  const powerTwo = mulRayHalfUp(rate, rate) / (secondsPerYear * secondsPerYear)
  const powerThree = mulRayHalfUp(powerTwo, rate) / secondsPerYear
  const second = (elapsed * (elapsed - 1n) * powerTwo) / 2n
  const third = (elapsed * (elapsed - 1n) * afterTwo * powerThree) / 6n
  return RAY + (rate * elapsed) / secondsPerYear + second + third
}
