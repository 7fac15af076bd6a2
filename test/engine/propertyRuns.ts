const most = Number(process.env.PROPERTY_RUNS ?? Number.POSITIVE_INFINITY)

/**
 * Cases of a property: as many as it asks for, or fewer where `PROPERTY_RUNS` says so. Mutation testing runs every property hundreds
 * of times and asks for a few cases only.
 */
export function propertyRuns(cases: number): number {
  return Math.min(cases, most)
}
