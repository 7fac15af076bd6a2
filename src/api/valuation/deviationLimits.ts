/**
 * How far a price may be from its time-weighted average before it is refused, as a fraction of the average, by class of the configuration: beyond
 * what the class has ever moved in the time of the average, within what an attack needs. Assumptions.
 */
export const deviationLimits: Readonly<Record<string, number>> = {
  major: 0.6,
  largeAlt: 0.6,
  lst: 0.15,
  vaultShare: 0.1,
  majorStable: 0.1,
  minorStable: 0.15,
}

const units = 1_000_000n

/** Whether `value` is further from `mean` than the class allows; both positive, in the same units. */
export function isBeyondLimit(value: bigint, mean: bigint, assetClass: string): boolean {
  const limit = BigInt(Math.round((deviationLimits[assetClass] ?? 0) * Number(units)))
  const distance = value > mean ? value - mean : mean - value
  return distance * units > mean * limit
}
