import { mulRayHalfUp, RAY } from './ray'

const SECONDS_PER_YEAR = 31_536_000n

/**
 * Growth factor of simple interest, a ray.
 * @param rate yearly, a ray. @param seconds since the last accrual.
 */
export function linearInterest(rate: bigint, seconds: bigint): bigint {
  return RAY + (rate * seconds) / SECONDS_PER_YEAR
}

/**
 * Growth factor of compound interest as Aave computes it since 3.4, a ray: the first terms of the exponential series,
 * 1 + x + x·(x/2 + x·(x/6)), quotients floored and products rounded half up.
 * @param rate yearly, a ray. @param seconds since the last accrual.
 */
export function compoundInterest(rate: bigint, seconds: bigint): bigint {
  const x = (rate * seconds) / SECONDS_PER_YEAR
  return RAY + x + mulRayHalfUp(x, x / 2n + mulRayHalfUp(x, x / 6n))
}
