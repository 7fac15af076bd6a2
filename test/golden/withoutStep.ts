import type { GoldenFile, GoldenInput, GoldenParameters } from '../../cli/golden/goldenFile'

type Set = (parameters: GoldenParameters) => GoldenParameters
type Facts = (input: GoldenInput) => GoldenInput

const keepSet: Set = (parameters) => parameters
const keepFacts: Facts = (input) => input

const haircuts =
  (change: (given: GoldenParameters['haircuts']) => Partial<GoldenParameters['haircuts']>): Set =>
  (parameters) => ({ ...parameters, haircuts: { ...parameters.haircuts, ...change(parameters.haircuts) } })

const classes =
  (change: Partial<GoldenParameters['classes'][string]>): Set =>
  (parameters) => ({ ...parameters, classes: mapValues(parameters.classes, (kind) => ({ ...kind, ...change })) })

const units =
  (change: (unit: GoldenInput['lendingUnits'][number]) => GoldenInput['lendingUnits'][number]): Facts =>
  (input) => ({ ...input, lendingUnits: input.lendingUnits.map(change) })

function mapValues<T>(values: Readonly<Record<string, T>>, change: (value: T) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]))
}

const free = (tiers: Readonly<Record<string, number>>) => mapValues(tiers, () => 0)

/** How each step is kept from taking anything: by its parameters, or by the facts it looks at where it has none. */
const switches: Readonly<Record<string, { readonly set?: Set; readonly facts?: Facts }>> = {
  debt: { facts: units((unit) => ({ ...unit, debt: unit.debt.map((row) => ({ ...row, quantity: '0' })) })) },
  par: { facts: units((unit) => ({ ...unit, debt: unit.debt.map((row) => ({ ...row, class: 'ETH' })) })) },
  unusable: {
    facts: (input) => ({
      ...input,
      collateral: input.collateral.map((row) => ({ ...row, unusable: null })),
      lendingUnits: input.lendingUnits.map((unit) => ({
        ...unit,
        collateral: unit.collateral.map((row) => ({ ...row, unusable: null })),
        debt: unit.debt.map((row) => ({ ...row, unusable: null })),
      })),
    }),
  },
  liquidation: {
    facts: units((unit) => ({
      ...unit,
      collateral: unit.collateral.map((row) => ({ ...row, liquidationIncentive: '1' })),
    })),
  },
  encumbrance: {
    set: (parameters) => ({ ...parameters, lending: { ...parameters.lending, unwindCost: 0 } }),
    facts: (input) => ({
      ...input,
      collateral: input.collateral.map(({ movable: _, ...row }) => row),
      lendingUnits: input.lendingUnits.map((unit) => ({ ...unit, control: 'enforceable', unwindable: true })),
    }),
  },
  market: {
    set: (parameters) =>
      classes({ haircutFloor: 0 })(haircuts(({ market }) => ({ market: { ...market, z: 0 } }))(parameters)),
  },
  size: {
    set: haircuts(() => ({ issuerTiers: {}, riskGroupTiers: {} })),
    facts: (input) => ({
      ...input,
      collateral: input.collateral.map((row) => ({ ...row, haircut: { ...row.haircut, impact: [] } })),
      lendingUnits: input.lendingUnits.map((unit) => ({
        ...unit,
        collateral: unit.collateral.map((row) => ({ ...row, haircut: { ...row.haircut, impact: [] } })),
      })),
    }),
  },
  wrapper: { set: classes({ wrapperFloor: 0 }) },
  protocol: { set: haircuts(({ protocolTiers }) => ({ protocolTiers: free(protocolTiers) })) },
  chain: {
    set: haircuts(({ chainTiers }) => ({
      chainTiers: free(chainTiers),
      bridge: { native: 0, canonical: 0, bridged: 0 },
    })),
  },
  oracle: { set: haircuts(() => ({ oracle: { singleSource: 0, deviationMultiplier: 0 } })) },
  cap: { set: haircuts(() => ({ caps: { assetChain: {}, global: {}, account: null } })) },
}

/** The steps of the waterfall, in their order. */
export const steps = Object.keys(switches)

/** The cases with what one step would need taken away; what is expected stays. */
export function withoutStep(file: GoldenFile, step: string): GoldenFile {
  const { set = keepSet, facts = keepFacts } = switches[step]!
  return {
    ...file,
    parameterSets: mapValues(file.parameterSets, set),
    cases: file.cases.map((golden) => ({ ...golden, input: facts(golden.input) })),
  }
}
