import { margin } from '../../engine/index'
import type { MarginInput, MarginReport, PositionInput } from '../../engine/types'
import { isObject, type Json, listAt, numberAt, objectAt, objectsAt } from './json'
import { broken, judge } from './judge'
import { pairFigures } from './pairFigures'
import type { VectorResult } from './vectorResult'

const TOLERANCE = 1e-9

/** The asset which the cases' perp, options and risk-cancelling collateral follow. */
const SPOT = 'SPOT'
const STABLE = 'STABLE'

function scenarioRules(params: Json) {
  const volShock = objectAt(params, 'VolShock')
  return listAt(params, 'scenarios').map((row, index) => {
    const [price, move, weight] = row as readonly [number, string, number]
    const vol =
      move === 'up' ? numberAt(volShock, 'VOLRANGEUP') : move === 'down' ? -numberAt(volShock, 'VOLRANGEDOWN') : 0
    const skew = move === 'linear' || move === 'abs' ? move : 'none'
    return { id: `${index}`, price, vol, skew, ratio: 0, weight }
  })
}

function scenarioSet(params: Json) {
  const vol = objectAt(params, 'VolShock')
  const skew = objectAt(params, 'SkewShock')
  const loss = objectAt(params, 'Margin')
  const basis = objectAt(params, 'BasisContingency')
  return {
    scenarios: scenarioRules(params),
    volShock: {
      pivotDays: 30,
      floorDays: numberAt(vol, 'DTE_FLOOR'),
      shortPower: numberAt(vol, 'SHORTTERMPOWER'),
      longPower: numberAt(vol, 'LONGTERMPOWER'),
      minimumShockedVol: numberAt(vol, 'MIN_VOL_EVAL_SHOCKED'),
    },
    skew: {
      linear: { base: numberAt(skew, 'LINEAR_SCALE_CAP'), slope: numberAt(skew, 'LINEAR_CBASE') },
      abs: { base: numberAt(skew, 'ABS_SCALE_CAP'), slope: numberAt(skew, 'ABS_CBASE') },
      minimumWidth: numberAt(skew, 'MIN_K_STAR'),
      width: numberAt(skew, 'MIN_WIDTH_SCALE'),
      widthStatic: numberAt(skew, 'VOL_PARAM_STATIC'),
      widthSlope: numberAt(skew, 'VOL_PARAM_SCALE'),
    },
    optionDiscount: {
      asset: {
        base: numberAt(loss, 'BASE_STATIC_DISCOUNT'),
        rateMultiplier: numberAt(loss, 'LONG_RATE_MULTSCALE'),
        rateAddend: numberAt(loss, 'LONG_RATE_ADDSCALE'),
      },
      liability: {
        base: numberAt(loss, 'BASE_STATIC_DISCOUNT_NEG'),
        rateMultiplier: numberAt(loss, 'SHORT_RATE_MULTSCALE'),
        rateAddend: numberAt(loss, 'SHORT_RATE_ADDSCALE'),
      },
    },
    basis: {
      up: numberAt(basis, 'SCENARIO_SPOT_UP'),
      down: numberAt(basis, 'SCENARIO_SPOT_DOWN'),
      addend: numberAt(basis, 'BASIS_CONT_ADD_FACTOR'),
      multiplier: numberAt(basis, 'BASIS_CONT_MULT_FACTOR'),
    },
    forwardFreezeSeconds: 1800,
  }
}

function charges(params: Json) {
  const other = objectAt(params, 'OtherContingency')
  const staticRates = (kind: string, name: string) => {
    const maintenance = numberAt(other, `MM_${name}_PERCENT`)
    return { kind, place: 'outside', initial: maintenance + numberAt(other, `IM_${name}_PERCENT`), maintenance }
  }
  return [
    staticRates('perpStatic', 'PERP'),
    staticRates('shortOptionStatic', 'OPTION'),
    { kind: 'collateralHaircut', place: 'outside' },
    {
      kind: 'oracleConfidence',
      place: 'outside',
      threshold: numberAt(other, 'CONF_THRESHOLD'),
      rate: numberAt(other, 'CONF_MARGIN'),
    },
  ]
}

/** Collateral rows may repeat a name with other terms, so each is an asset of its own. */
function collateralAsset(row: Json, index: number): string {
  return `${String(row.name)}#${index}`
}

function parameters(params: Json, collateral: readonly Json[]): object {
  const loss = objectAt(params, 'Margin')
  const other = objectAt(params, 'OtherContingency')
  const treatments = collateral.map((row, index) => [
    collateralAsset(row, index),
    {
      riskCancelling: row.riskCancelling,
      maintenanceHaircut: numberAt(row, 'mmHaircut'),
      initialHaircutExtra: numberAt(row, 'imHaircutExtra'),
    },
  ])
  return {
    extends: 'derive-pmrm2',
    numeraire: STABLE,
    scenarioSets: { published: scenarioSet(params) },
    factors: {
      initial: numberAt(loss, 'IM_LOSS_FACTOR'),
      maintenance: numberAt(loss, 'MM_LOSS_FACTOR'),
      peg: { threshold: numberAt(other, 'PEG_LOSS_THRESHOLD'), factor: numberAt(other, 'PEG_LOSS_FACTOR') },
    },
    charges: charges(params),
    collateral: { assets: Object.fromEntries(treatments) },
  }
}

function positions(portfolio: Json): readonly PositionInput[] {
  const perp = objectAt(portfolio, 'perp')
  const size = numberAt(perp, 'size')
  const price = numberAt(perp, 'price')
  const options = objectsAt(portfolio, 'options').map(
    (row, index): PositionInput => ({
      id: `option-${index}`,
      kind: 'option',
      underlying: SPOT,
      quantity: numberAt(row, 'amount'),
      strike: numberAt(row, 'strike'),
      expiry: numberAt(row, 'secToExpiry'),
      optionType: row.call === true ? 'call' : 'put',
      impliedVol: numberAt(row, 'markVol'),
    }),
  )
  if (size === 0) return options
  return [...options, { id: 'perp', kind: 'perp', underlying: SPOT, quantity: size, markPrice: price }]
}

/** A case as a margin input, at second 0. */
function inputOf({ portfolio, market, params }: { portfolio: Json; market: Json; params: Json }): MarginInput {
  const collateral = objectsAt(portfolio, 'collateral')
  const perp = objectAt(portfolio, 'perp')
  const expiries = objectsAt(market, 'expiries').map((row) => ({
    expiry: numberAt(row, 'secToExpiry'),
    forward: numberAt(row, 'forward'),
    // The venue reads a negative rate as none.
    rate: Math.max(0, numberAt(row, 'rate')),
    forwardConfidence: numberAt(row, 'forwardConfidence'),
    rateConfidence: numberAt(row, 'rateConfidence'),
    volConfidence: numberAt(row, 'volConfidence'),
  }))
  const spot = {
    indexPrice: numberAt(market, 'spot'),
    confidence: numberAt(market, 'spotConfidence'),
    perp: { markPrice: numberAt(perp, 'price'), confidence: numberAt(perp, 'confidence') },
    expiries,
  }
  const held = collateral.map((row, index) => [
    collateralAsset(row, index),
    { indexPrice: numberAt(row, 'price'), confidence: numberAt(row, 'confidence'), riskGroup: SPOT },
  ])
  return {
    model: 'portfolio',
    at: 0,
    cash: numberAt(portfolio, 'cash'),
    // The cases state the perp's profit and funding outright; both are settled cash flows of the perp.
    accruedFunding: numberAt(perp, 'unrealisedPnl') + numberAt(perp, 'unrealisedFunding'),
    collateral: collateral.map((row, index) => ({
      id: `collateral-${index}`,
      asset: collateralAsset(row, index),
      quantity: numberAt(row, 'amount'),
    })),
    positions: positions(portfolio),
    marketData: {
      assets: { [SPOT]: spot, [STABLE]: { indexPrice: numberAt(market, 'stable') }, ...Object.fromEntries(held) },
    },
    parameters: parameters(params, collateral),
  }
}

function discountFactors(report: MarginReport, market: Json): readonly (readonly number[])[] {
  return objectsAt(market, 'expiries').map((row) => {
    const found = report.expiries.find(({ expiry }) => expiry === numberAt(row, 'secToExpiry'))
    return [found?.assetDiscount ?? Number.NaN, found?.liabilityDiscount ?? Number.NaN]
  })
}

/** An account without anything that moves has no scenario rows: its P&L is 0 in all of them. */
function scenarioPnl(report: MarginReport, params: Json): readonly number[] {
  const rows = report.scenarios.filter((row) => row.riskGroup === SPOT)
  return rows.length > 0 ? rows.map((row) => row.weight * row.pnl) : listAt(params, 'scenarios').map(() => 0)
}

/** The case's own figures from a report. */
function figuresOf(report: MarginReport, market: Json, params: Json): Json {
  const oracle = report.components.addOns.find((row) => row.kind === 'oracleConfidence')
  return {
    IM: report.excessInitialMargin,
    MM: report.excessMaintenanceMargin,
    mtm: report.marginBalance,
    optionMtm: report.netOptionValue,
    collateralMtm: report.collateralCredit,
    basisContingency: report.expiries.reduce((sum, row) => sum + row.basisPnl, 0),
    oracleContingency: -(oracle?.amount ?? 0),
    scenarioPnl: scenarioPnl(report, params),
    imLossFactor: report.components.initialFactor,
    discountFactors: discountFactors(report, market),
  }
}

/** Checks every expected figure of every case of a derive-pmrm2 file against `margin()`. */
export function checkDerivePmrm2(file: Json): VectorResult[] {
  return listAt(file, 'cases').map((given, index) => {
    const { expected, ...rest } = isObject(given) ? given : {}
    const id = String(rest.id ?? index)
    try {
      const shared = { params: file.params, ...rest }
      const inputs = {
        portfolio: objectAt(shared, 'portfolio'),
        market: objectAt(shared, 'market'),
        params: objectAt(shared, 'params'),
      }
      const report = margin(inputOf(inputs))
      const figures = figuresOf(report, inputs.market, inputs.params)
      const pairs = Object.entries(isObject(expected) ? expected : {}).flatMap(([key, value]) =>
        pairFigures(figures[key], value, `/${key}`),
      )
      return judge(id, pairs, TOLERANCE)
    } catch (error) {
      return broken(id, TOLERANCE, error)
    }
  })
}
