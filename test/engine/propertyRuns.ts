/**
 * Cases of every property over whole accounts: 1,000, or what `PROPERTY_RUNS` says. Mutation testing, which runs them thousands of
 * times, asks for fewer.
 */
export const propertyRuns = Number(process.env.PROPERTY_RUNS ?? 1000)
