import { BadTypeError, MissingMarketDataError, OutOfRangeError } from '../../errors'
import type { Control, LendingRule } from '../../types/input'
import { morphoIncentive } from '../morphoIncentive'
import type { CollateralLeg, DebtLeg, UnitControl, UnitTerms } from '../types'
import { firstOf, type Json, listOf, numberAt, numberOf, objectAt } from './fields'

/** What a lending case asks about: a unit whose legs carry the case's prices. */
export type LendingCaseUnit = UnitTerms & UnitControl

const ASSET = ['asset', 'token', 'symbol', 'address']
const QUANTITY = ['quantity', 'amount']
const ORACLE = ['oracle', 'oraclePrice', 'price']
const MARK = ['mark', 'markPrice', 'price']
const THRESHOLD = ['liquidationThreshold', 'lt', 'lltv', 'liquidateCollateralFactor']
const MAX_LTV = ['maxLtv', 'ltv', 'lltv', 'borrowCollateralFactor']
const INCENTIVE = ['liquidationIncentive', 'incentive', 'liquidationBonus', 'bonus']
const LIQUIDATION_FACTOR = ['liquidationFactor', 'liquidateFactor']

/** A number under one of several names, of the leg or else of the unit. */
type Terms = (names: readonly string[]) => number | undefined

const RULES: Readonly<Record<string, LendingRule>> = {
  aave: 'aave',
  'aave-v3': 'aave',
  aaveV3: 'aave',
  morpho: 'morpho',
  'morpho-blue': 'morpho',
  morphoBlue: 'morpho',
  comet: 'comet',
  compound: 'comet',
  'compound-v3': 'comet',
  compoundV3: 'comet',
}

/**
 * Reads the unit of a `lending` vector case, liberal in names (see `docs/vectors.md`), strict in values: fractions are fractions,
 * numbers are finite and ≥ 0. Prices of the case go before those of the legs; a leg without any is an error. A mark that is not given is
 * the oracle price and the other way round.
 *
 * @throws BadTypeError, OutOfRangeError, MissingMarketDataError with the JSON pointer within the case.
 */
export function readLendingCase(source: unknown): LendingCaseUnit {
  const entry = objectAt(source, '')
  const unit = objectAt(entry.unit, '/unit')
  const prices = entry.prices === undefined ? {} : objectAt(entry.prices, '/prices')
  const rule = readRule(unit)
  return {
    rule,
    control: readControl(unit),
    unwindable: unit.unwindable === true,
    collateral: listOf(unit, ['collateral', 'collaterals', 'supply'], '/unit').map(({ row, pointer }) =>
      readCollateral(row, pointer, unit, rule, prices),
    ),
    debt: listOf(unit, ['debt', 'debts', 'borrow'], '/unit').map(({ row, pointer }) => readDebt(row, pointer, prices)),
  }
}

function readRule(unit: Json): LendingRule {
  const { value, pointer } = firstOf(unit, ['rule', 'protocol', 'kind'], '/unit')
  const rule = typeof value === 'string' && Object.hasOwn(RULES, value) ? RULES[value] : undefined
  if (rule === undefined) throw new BadTypeError(pointer, `one of ${Object.keys(RULES).join(', ')}`)
  return rule
}

function readControl({ control = 'notice' }: Json): Control {
  if (control === 'none' || control === 'notice' || control === 'enforceable') return control
  throw new BadTypeError('/unit/control', 'none, notice or enforceable')
}

function readDebt(row: Json, pointer: string, prices: Json): DebtLeg {
  const { value: asset, pointer: at } = firstOf(row, ASSET, pointer)
  if (typeof asset !== 'string') throw new BadTypeError(at, 'the asset as a string')
  const quantity = numberOf(row, QUANTITY, pointer)
  if (quantity === undefined) throw new BadTypeError(`${pointer}/quantity`, 'a number or a decimal string')
  return { asset, quantity, ...readPrices(row, pointer, asset, prices) }
}

function readCollateral(row: Json, pointer: string, unit: Json, rule: LendingRule, prices: Json): CollateralLeg {
  const terms: Terms = (names) => numberOf(row, names, pointer) ?? numberOf(unit, names, '/unit')
  const threshold = terms(THRESHOLD)
  if (threshold === undefined) throw new BadTypeError(`${pointer}/${THRESHOLD[0]}`, 'a fraction in [0, 1]')
  const liquidationThreshold = asFraction(threshold, `${pointer}/${THRESHOLD[0]}`)
  const paused = row.paused === true
  return {
    ...readDebt(row, pointer, prices),
    liquidationThreshold,
    maxLtv: asFraction(terms(MAX_LTV) ?? liquidationThreshold, `${pointer}/${MAX_LTV[0]}`),
    liquidationIncentive: readIncentive(terms, pointer, rule, liquidationThreshold),
    enabled: row.enabled !== false,
    withdrawable: paused
      ? 0
      : Math.min(
          numberOf(row, ['freeLiquidity', 'liquidity'], pointer) ?? Infinity,
          numberOf(row, ['withdrawalCap', 'withdrawable'], pointer) ?? Infinity,
        ),
  }
}

/** A factor (1.05) or a bonus (0.05); Comet's is 1 ÷ its liquidation factor; Morpho's follows from its LLTV. */
function readIncentive(terms: Terms, pointer: string, rule: LendingRule, threshold: number): number {
  const factor = terms(LIQUIDATION_FACTOR)
  if (factor !== undefined) {
    if (factor === 0) throw new OutOfRangeError(`${pointer}/${LIQUIDATION_FACTOR[0]}`, 'in (0, 1]')
    return 1 / asFraction(factor, `${pointer}/${LIQUIDATION_FACTOR[0]}`)
  }
  const given = terms(INCENTIVE)
  if (given === undefined) return rule === 'morpho' ? morphoIncentive(threshold) : 1
  const incentive = given < 1 ? 1 + given : given
  if (incentive > 2) throw new OutOfRangeError(`${pointer}/${INCENTIVE[0]}`, 'in [1, 2], or a bonus below 1')
  return incentive
}

function asFraction(value: number, pointer: string): number {
  if (value > 1) throw new OutOfRangeError(pointer, 'in [0, 1], as a fraction')
  return value
}

function readPrices(row: Json, pointer: string, asset: string, prices: Json) {
  const override = prices[asset] ?? prices[asset.toLowerCase()]
  const at = `/prices/${asset}`
  const isPair = typeof override === 'object' && override !== null
  const both = override === undefined || isPair ? undefined : numberAt(override, at)
  const pair = isPair ? objectAt(override, at) : {}
  const givenOracle = both ?? numberOf(pair, ORACLE, at)
  const givenMark = both ?? numberOf(pair, MARK, at)
  const oraclePrice = givenOracle ?? numberOf(row, ORACLE, pointer) ?? givenMark ?? numberOf(row, MARK, pointer)
  if (oraclePrice === undefined) throw new MissingMarketDataError(at, `a price of ${asset}`)
  return { oraclePrice, markPrice: givenMark ?? numberOf(row, MARK, pointer) ?? oraclePrice }
}
