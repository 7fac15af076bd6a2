import { divWadDown, mulWadDown, WAD } from '../../math/wad'

const secondsPerYear = 365n * 24n * 3600n
const steepness = 4n * WAD
const targetUtilization = (9n * WAD) / 10n
const adjustmentSpeed = (50n * WAD) / secondsPerYear
const initialRate = WAD / 25n / secondsPerYear
const smallestRate = WAD / 1000n / secondsPerYear
const largestRate = (2n * WAD) / secondsPerYear

const ln2 = 693_147_180_559_945_309n
/** ln(10^−18): the exponential of anything less is zero in wads. */
const smallestExponent = -41_446_531_673_892_822_312n
const largestExponent = 93_859_467_695_000_404_319n
const largestExponential = 57_716_089_161_558_943_949_701_069_502_944_508_345_128_422_502_756_744_429_568n

/**
 * Average rate a market with Morpho's adaptive curve owes since its last accrual, a wad per second: the rate on the curve at the market's
 * utilization, with the rate at target growing or shrinking exponentially by how far that is from 90 %, averaged over the time by the trapezoid
 * rule with two steps. Signed quotients round towards zero, as in the contract.
 * @param utilization borrowed ÷ supplied assets at the last accrual, a wad. @param rateAtTarget then, a wad per second; 0 before the first use.
 * @param elapsed seconds since.
 */
export function adaptiveCurveRate(utilization: bigint, rateAtTarget: bigint, elapsed: bigint): bigint {
  const distance = utilization - targetUtilization
  const error = divWadDown(distance, distance > 0n ? WAD - targetUtilization : targetUtilization)
  const adaptation = mulWadDown(adjustmentSpeed, error) * elapsed
  return onCurve(error, averageRateAtTarget(rateAtTarget, adaptation))
}

function averageRateAtTarget(start: bigint, adaptation: bigint): bigint {
  if (start === 0n) return initialRate
  if (adaptation === 0n) return start
  const end = adapted(start, adaptation)
  const middle = adapted(start, adaptation / 2n)
  return (start + end + 2n * middle) / 4n
}

function adapted(start: bigint, adaptation: bigint): bigint {
  const rate = mulWadDown(start, exponential(adaptation))
  if (rate < smallestRate) return smallestRate
  return rate > largestRate ? largestRate : rate
}

function onCurve(error: bigint, rateAtTarget: bigint): bigint {
  const coefficient = error < 0n ? WAD - divWadDown(WAD, steepness) : steepness - WAD
  return mulWadDown(mulWadDown(coefficient, error) + WAD, rateAtTarget)
}

/** e^x for a signed wad: 2^q · e^r with r within half of ln 2, the latter by two terms of its series. */
function exponential(x: bigint): bigint {
  if (x < smallestExponent) return 0n
  if (x >= largestExponent) return largestExponential
  const q = (x + (x < 0n ? -(ln2 / 2n) : ln2 / 2n)) / ln2
  const r = x - q * ln2
  const remainder = WAD + r + (r * r) / WAD / 2n
  return q >= 0n ? remainder << q : remainder >> -q
}
