import type { AssetMarket, CollateralHolding, LendingUnit, Model } from '../../engine/types/input'
import type { AssetClass, HaircutParameters, LendingParameters } from '../../engine/types/parameters'

/** What is stated of one step, as decimal strings of up to 42 digits. `debt`, `par` and `liquidation` have no haircut. */
export interface GoldenStep {
  readonly step: string
  readonly haircut?: string
  readonly amount?: string
}

export interface GoldenHolding {
  readonly id: string
  readonly value: string
  readonly steps: readonly GoldenStep[]
  readonly credit: string
  readonly reason: string | null
}

/** A unit whose debt is not known states no figure but its credit. */
export interface GoldenUnit {
  readonly id: string
  readonly collateralValue?: string
  readonly debtValue?: string
  readonly healthFactor: string | null
  readonly badDebt?: string
  readonly value?: string
  readonly movable?: string
  readonly steps: readonly GoldenStep[]
  readonly credit: string
  readonly reason: string | null
}

/** The parts of a parameter set that collateral is valued with; of a class what these steps read. */
export interface GoldenParameters {
  readonly defaultClass: string
  readonly classes: Readonly<
    Record<string, Pick<AssetClass, 'family' | 'haircutFloor' | 'wrapperFloor' | 'horizonDays'>>
  >
  readonly haircuts: HaircutParameters
  readonly lending: LendingParameters
}

export interface GoldenInput {
  readonly model: Model
  /** Name of one of the file's parameter sets. */
  readonly parameters: string
  readonly collateral: readonly CollateralHolding[]
  readonly lendingUnits: readonly LendingUnit[]
  readonly marketData: { readonly assets: Readonly<Record<string, AssetMarket>> }
}

export interface GoldenCase {
  readonly id: string
  readonly what: string
  readonly input: GoldenInput
  readonly expected: {
    readonly holdings: readonly GoldenHolding[]
    readonly units: readonly GoldenUnit[]
    readonly value: string
    readonly credit: string
  }
}

interface Row {
  readonly asset: string
  readonly quantity: string
}

/** A claim's part of something; quantities in answers are exact: `numerator/denominator`, reduced. */
export interface GoldenPart extends Row {
  readonly claim: string
  /** The tokens replaced on the way to it. */
  readonly way: readonly string[]
  readonly reason?: string
}

export interface GoldenHeldUnit {
  readonly claim: string
  readonly unit: string
  readonly way: readonly string[]
  readonly collateral: readonly Row[]
  readonly debt: readonly Row[]
}

export type LookThroughList = 'leaves' | 'units' | 'looped' | 'missing'

export interface LookThroughAnswer {
  readonly counts: Readonly<Record<LookThroughList, number>>
  /** By asset. */
  readonly totals: Readonly<Record<Exclude<LookThroughList, 'units'>, Readonly<Record<string, string>>>>
  readonly leaves?: readonly GoldenPart[]
  readonly units?: readonly GoldenHeldUnit[]
  readonly looped?: readonly GoldenPart[]
  readonly missing?: readonly GoldenPart[]
}

export interface GoldenLookThrough {
  readonly id: string
  readonly what: string
  readonly input: {
    readonly claims: readonly (Row & { readonly id: string })[]
    readonly definitions: Readonly<
      Record<
        string,
        {
          readonly supply: string
          readonly holdings: readonly Row[]
          readonly units: readonly {
            readonly id: string
            readonly collateral: readonly Row[]
            readonly debt: readonly Row[]
          }[]
        }
      >
    >
  }
  /** Lists are left out where they are long. */
  readonly expected: LookThroughAnswer
}

/** `test/golden/cases.json`; the last chapter of `docs/methodology.md` describes it. */
export interface GoldenFile {
  readonly parameterSets: Readonly<Record<string, GoldenParameters>>
  readonly cases: readonly GoldenCase[]
  readonly lookThrough: readonly GoldenLookThrough[]
}
