import { creditBase } from '../collateral/creditBase'
import type { UnitValue } from '../collateral/types'
import type { HaircutParameters, LendingParameters } from '../types/parameters'
import type { ResolvedHolding, ResolvedLendingUnit } from '../types/portfolio'
import { capDeductions } from './capDeductions'
import {
  chainDeduction,
  type Leaf,
  marketDeduction,
  oracleDeduction,
  protocolDeduction,
  wrapperDeduction,
} from './leafDeductions'
import { mergeDeductions } from './mergeDeductions'
import { runWaterfall } from './runWaterfall'
import { sizeDeductions } from './sizeDeductions'
import type { Deduction, Waterfall } from './types'

export interface HaircutInput {
  readonly holdings: readonly ResolvedHolding[]
  /** Lending units with their value at the prices the credit is wanted at. */
  readonly units: readonly { readonly unit: ResolvedLendingUnit; readonly value: UnitValue }[]
  /** Credit by asset over all accounts, this one included, USD; for global caps. */
  readonly bookCredit?: Readonly<Record<string, number>>
}

/** A leaf and the part of its owner's value that is relied on, USD at marks. */
interface Relied {
  readonly leaf: Leaf
  readonly base: number
}

/**
 * From value to credit for everything an account holds, step by step and in the order of the input: encumbrance, market
 * (only where `market` is set: the models `isolated` and `cross`), size, wrapper, protocol, chain, oracle, cap.
 *
 * A unit's haircuts are those of its collateral, weighted by value: of all of it where the venue can unwind the unit, of what the
 * market would pay out where it can only withdraw. The size and cap steps look at the whole account at once: how it is
 * spread over wallets, chains and rows makes no difference. Amounts in USD, haircuts in [0,1], credit in [0, value].
 */
export function haircutAccount(
  input: HaircutInput,
  parameters: { readonly haircuts: HaircutParameters; readonly lending: LendingParameters },
  { market }: { readonly market: boolean },
): { readonly holdings: readonly Waterfall[]; readonly units: readonly Waterfall[] } {
  const { haircuts, lending } = parameters
  const free = input.holdings.map((holding) => ({ leaf: holding, base: usable(holding, holding.movable) }))
  const pledged = input.units.map(({ unit, value }) => unitLeaves(unit, reliedOn(unit, value, lending)))
  const relied: readonly Relied[] = [...free, ...pledged.flatMap(({ leaves }) => leaves)]
  const chains = leafChains(relied, haircuts, market, input.bookCredit)

  let next = input.holdings.length
  return {
    holdings: input.holdings.map((holding, index) => holdingWaterfall(holding, free[index]!.base, chains[index]!)),
    units: input.units.map(({ unit, value }, index) => {
      const { leaves, weights } = pledged[index]!
      const own = chains.slice(next, next + leaves.length)
      next += leaves.length
      return unitWaterfall(unit, value.equity, reliedOn(unit, value, lending), mergeDeductions(own, weights))
    }),
  }
}

function usable(leaf: Pick<Leaf, 'unusable' | 'quantity' | 'markPrice'>, quantity: number): number {
  return leaf.unusable === null ? Math.min(leaf.quantity, quantity) * leaf.markPrice : 0
}

function reliedOn(
  unit: ResolvedLendingUnit,
  { equity, movable }: UnitValue,
  { unwindCost }: LendingParameters,
): number {
  return unit.unusable === null ? creditBase(unit, equity, movable, unwindCost) : 0
}

/** The collateral of a unit with its share of what is relied on, and the weights of its haircuts. */
function unitLeaves(
  unit: ResolvedLendingUnit,
  base: number,
): { leaves: readonly Relied[]; weights: readonly number[] } {
  const unwinds = unit.control === 'enforceable' && unit.unwindable
  const payable = unit.collateral.map((leg) => usable(leg, unwinds ? leg.quantity : leg.withdrawable))
  const whole = unit.collateral.map((leg) => usable(leg, leg.quantity))
  const weights = payable.some((value) => value > 0) ? payable : whole
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const leaves = unit.collateral.map((leaf, index) => ({
    leaf,
    base: total > 0 ? base * (weights[index]! / total) : 0,
  }))
  return { leaves, weights }
}

/** The deductions of every leaf after encumbrance. */
function leafChains(
  relied: readonly Relied[],
  parameters: HaircutParameters,
  market: boolean,
  bookCredit: HaircutInput['bookCredit'],
): readonly (readonly Deduction[])[] {
  const before = relied.map(({ leaf }) => (market ? [marketDeduction(leaf, parameters)] : []))
  const after = relied.map(({ leaf }) => [
    wrapperDeduction(leaf),
    protocolDeduction(leaf, parameters),
    chainDeduction(leaf, parameters),
    oracleDeduction(leaf, parameters),
  ])
  const retained = relied.map((_, index) => left([...before[index]!, ...after[index]!]))
  const sizes = sizeDeductions(
    relied.map(({ leaf, base }, index) => ({ leaf, base, retained: retained[index]! })),
    parameters,
  )
  const credits = relied.map(({ leaf, base }, index) => ({
    leaf,
    credit: base * (1 - sizes[index]!.haircut) * retained[index]!,
  }))
  const caps = capDeductions(credits, parameters, bookCredit)
  return relied.map((_, index) => [...before[index]!, sizes[index]!, ...after[index]!, caps[index]!])
}

function left(deductions: readonly Deduction[]): number {
  return deductions.reduce((product, { haircut }) => product * (1 - haircut), 1)
}

function holdingWaterfall(holding: ResolvedHolding, base: number, chain: readonly Deduction[]): Waterfall {
  const value = holding.quantity * holding.markPrice
  if (holding.unusable !== null) return worthless(holding.id, value, holding.unusable)
  const encumbrance = encumbered(value, base, 'movable')
  return runWaterfall(holding.id, value, [encumbrance, ...chain], 1)
}

function unitWaterfall(
  unit: ResolvedLendingUnit,
  equity: number,
  base: number,
  chain: readonly Deduction[],
): Waterfall {
  if (unit.unusable !== null) return worthless(unit.id, equity, unit.unusable)
  const unwinds = unit.control === 'enforceable' && unit.unwindable
  const encumbrance = encumbered(equity, base, unwinds ? 'unwind' : 'min(E,W)')
  return runWaterfall(unit.id, equity, [encumbrance, ...chain], 1)
}

function encumbered(value: number, base: number, rule: string): Deduction {
  return { step: 'encumbrance', rule: base < value ? rule : 'none', haircut: value > 0 ? 1 - base / value : 0 }
}

/** A price or fact that cannot be relied on takes all of the value at once: there is no half-way haircut. */
function worthless(id: string, value: number, reasonCode: string): Waterfall {
  return runWaterfall(id, value, [{ step: 'unusable', rule: reasonCode, haircut: 1 }], 0, reasonCode)
}
