import { isPledged } from '../../../engine/collateral/isPledged'
import type { OutlookRow } from '../../../engine/index'
import type { Control } from '../../../engine/types'
import type { Claim, UnitReading } from '../protocols/reading'
import { type AgreedControl, controlOf } from '../valuation/controlOf'
import { formatDecimal } from '../valuation/decimal'
import type { Figure } from '../valuation/figure'
import type { ValuedClaim } from '../valuation/valueClaims'
import { price, ratio, usd } from './format'
import { unitsDown, unitsUp } from './rounding'
import { type PrintedWaterfall, printUnitWaterfall, printWaterfall, splitWaterfall } from './waterfall'

export interface PrintedHaircut {
  readonly step: string
  readonly input: string
  readonly rule: string
  readonly haircut: string
  readonly amount: string
}

export interface CollateralRowBody {
  readonly chain: string | null
  readonly protocol: string
  readonly market: string
  readonly account: string | null
  readonly side: 'supply' | 'collateral' | 'borrow'
  readonly token: string | null
  readonly decimals: number | null
  readonly asset: string | null
  readonly shares: string | null
  readonly amount: string | null
  readonly oraclePrice: string | null
  readonly markPrice: string | null
  readonly marketValue: string | null
  readonly reasonCode: string | null
  /** Since the amount was read, of a vault that is followed by interval; `null` where it is exact at the very instant. */
  readonly ageSeconds: number | null
  readonly path: readonly string[]
  readonly unit: string | null
  readonly control: Control
  readonly movable: string
  readonly steps: readonly PrintedHaircut[]
  readonly credit: string
}

export interface LendingUnitBody {
  readonly id: string
  readonly chain: string
  readonly protocol: string
  readonly unit: string
  readonly label: string
  readonly account: string
  readonly rule: string
  readonly control: Control
  readonly unwindable: boolean
  readonly baseToken: string | null
  readonly collateralBase: string | null
  readonly debtBase: string | null
  readonly healthFactor: string | null
  readonly collateralBaseRaw: string | null
  readonly debtBaseRaw: string | null
  readonly healthFactorRaw: string | null
  readonly collateralValue: string
  readonly debtValue: string
  readonly equity: string
  readonly badDebt: string
  readonly movable: string
  readonly reach: string | null
  readonly reasonCode: string | null
  readonly outlook: readonly PrintedOutlook[]
  readonly steps: readonly PrintedHaircut[]
  readonly credit: string
}

/** A lending unit after one move of every price in it that is not a stablecoin's. */
export interface PrintedOutlook {
  readonly move: string
  readonly healthFactor: string | null
  readonly equity: string
  readonly movable: string
  readonly badDebt: string
  readonly forecastEquity: string
  readonly forecastBadDebt: string
}

/** Totals in units of 10^−8 USD; each is the sum of the rows it is printed with. */
export interface CollateralTotals {
  readonly grossCollateralValue: bigint
  readonly debtValue: bigint
  readonly grossEquity: bigint
  readonly nonRecourseShortfall: bigint
  readonly haircutTotal: bigint
  readonly collateralCredit: bigint
  /** Its parts by what the venue can do: only watch, be told, take. */
  readonly indicativeCredit: bigint
  readonly noticeCredit: bigint
  readonly enforceableCredit: bigint
}

export interface CollateralBody {
  readonly totals: CollateralTotals
  readonly collateral: readonly CollateralRowBody[]
  readonly lendingUnits: readonly LendingUnitBody[]
}

/** One row before it is printed: what it is worth and what of it counts. */
interface Row {
  readonly value: bigint
  readonly isDebt: boolean
  readonly body: Omit<CollateralRowBody, 'movable' | 'steps' | 'credit'>
  readonly waterfall: PrintedWaterfall
  readonly movable: bigint
}

/** Prints holdings, lending units and their totals; totals are sums of what is printed, not of what was computed. */
export function collateralBody(figure: Figure): CollateralBody {
  const units = figure.units.map((unit) => printUnit(figure, unit.id))
  const rows = [...freeRows(figure), ...units.flatMap(({ rows }) => rows), ...venueRows(figure)]
  const grossCollateralValue = sum(rows.filter(({ isDebt }) => !isDebt).map(({ value }) => value))
  const debtValue = sum(rows.filter(({ isDebt }) => isDebt).map(({ value }) => value))
  const nonRecourseShortfall = sum(units.map(({ shortfall }) => shortfall))
  const creditUnder = (control: Control) =>
    sum(rows.filter(({ body }) => body.control === control).map(({ waterfall }) => waterfall.credit))
  const collateralCredit = sum(rows.map(({ waterfall }) => waterfall.credit))
  const grossEquity = grossCollateralValue - debtValue
  return {
    totals: {
      grossCollateralValue,
      debtValue,
      grossEquity,
      nonRecourseShortfall,
      haircutTotal: grossEquity + nonRecourseShortfall - collateralCredit,
      collateralCredit,
      indicativeCredit: creditUnder('none'),
      noticeCredit: creditUnder('notice'),
      enforceableCredit: creditUnder('enforceable'),
    },
    collateral: rows.map(({ body, waterfall, movable }) => ({
      ...body,
      movable: usd(movable),
      steps: printSteps(waterfall),
      credit: usd(waterfall.credit),
    })),
    lendingUnits: units.map(({ body }) => body),
  }
}

/** Claims that stand alone. */
function freeRows(figure: Figure): readonly Row[] {
  const reported = new Map(figure.report.collateral.map((row) => [row.id, row]))
  return figure.claims
    .filter(({ claim }) => claim.unit === null)
    .map((valued) => {
      const report = reported.get(valued.id)!
      const value = valued.marketValue ?? 0n
      return {
        value,
        isDebt: false,
        body: claimBody(valued, agreedOn(figure, valued.claim)),
        waterfall: printWaterfall(value, report.steps, report.credit),
        movable: atMost(unitsDown(report.movable, 8), value),
      }
    })
}

/** Spot held at the venue: collateral without a place on a chain. */
function venueRows(figure: Figure): readonly Row[] {
  const claimed = new Set(figure.claims.map(({ id }) => id))
  return figure.report.collateral
    .filter(({ id }) => !claimed.has(id))
    .map((row) => {
      const value = unitsDown(row.marketValue, 8)
      return {
        value,
        isDebt: false,
        body: {
          chain: null,
          protocol: 'venue',
          market: row.id,
          account: null,
          side: 'supply',
          token: null,
          decimals: null,
          asset: row.asset,
          shares: null,
          amount: null,
          oraclePrice: usd(unitsDown(row.oraclePrice, 8)),
          markPrice: usd(unitsDown(row.markPrice, 8)),
          marketValue: usd(value),
          reasonCode: row.reasonCode,
          ageSeconds: null,
          path: ['venue', row.asset],
          unit: null,
          // What lies at the venue is in its hands.
          control: 'enforceable',
        },
        waterfall: printWaterfall(value, row.steps, row.credit),
        movable: value,
      }
    })
}

function printUnit(
  figure: Figure,
  id: string,
): { readonly rows: readonly Row[]; readonly shortfall: bigint; readonly body: LendingUnitBody } {
  const unit = figure.units.find((row) => row.id === id)!
  const report = figure.report.lendingUnits.find((row) => row.id === id)!
  const agreed = agreedOn(figure, unit)
  const own = figure.claims.filter(({ claim }) => claim.unit === id)
  const assets = own.filter(({ claim }) => claim.side !== 'borrow')
  const debts = own.filter(({ claim }) => claim.side === 'borrow')
  const values = assets.map(({ marketValue }) => marketValue ?? 0n)
  const pledgedValues = assets.map(({ claim }, index) => (isPledgedClaim(unit, claim) ? values[index]! : 0n))
  const collateral = sum(values)
  const pledged = sum(pledgedValues)
  const debt = sum(debts.map(({ marketValue }) => marketValue ?? 0n))
  // The engine's sum has none of the rows' roundings: what is printed as left may not exceed what is printed above it.
  const owned = collateral - atMost(debt, pledged)
  const equity = atMost(unitsDown(report.equity, 8), owned)
  const movable = atMost(unitsDown(report.movable, 8), collateral)
  const unusable = report.reasonCode ?? assets.find(({ reasonCode }) => reasonCode !== null)?.reasonCode ?? null
  const waterfall = printUnitWaterfall({
    ...report,
    collateral,
    pledged,
    debt,
    debtAtPar: unitsUp(report.debtValue, 8),
    unusable,
  })
  const split = splitWaterfall(waterfall, values, pledgedValues)
  const movables = values.map((value) => (collateral === 0n ? 0n : (movable * value) / collateral))
  return {
    rows: [
      ...assets.map((valued, index) => ({
        value: values[index]!,
        isDebt: false,
        body: claimBody(valued, agreed),
        waterfall: split[index]!,
        movable: movables[index]!,
      })),
      ...debts.map((valued) => ({
        value: valued.marketValue ?? 0n,
        isDebt: true,
        body: claimBody(valued, agreed),
        waterfall: { steps: [], credit: 0n },
        movable: 0n,
      })),
    ],
    shortfall: debt > pledged ? debt - pledged : 0n,
    body: {
      id,
      chain: unit.chain,
      protocol: unit.protocol,
      unit: unit.unit,
      label: unit.label,
      account: unit.account,
      rule: unit.rule,
      ...agreed,
      baseToken: unit.baseToken,
      collateralBase: base(unit.collateralBaseRaw, unit.baseDecimals),
      debtBase: base(unit.debtBaseRaw, unit.baseDecimals),
      healthFactor: base(unit.healthFactorRaw, 18),
      collateralBaseRaw: unit.collateralBaseRaw?.toString() ?? null,
      debtBaseRaw: unit.debtBaseRaw?.toString() ?? null,
      healthFactorRaw: unit.healthFactorRaw?.toString() ?? null,
      collateralValue: usd(collateral),
      debtValue: usd(debt),
      equity: usd(equity),
      badDebt: usd(unitsUp(report.badDebt, 8)),
      movable: usd(movable),
      reach: report.reach === null ? null : ratio(report.reach),
      reasonCode: report.reasonCode,
      outlook: figure.outlooks.get(id)!.map((row) => printOutlook(row, row.move === 0 ? owned : collateral)),
      steps: printSteps(waterfall),
      credit: usd(waterfall.credit),
    },
  }
}

/** @param limit what is printed now: no fall leaves more than that. */
function printOutlook(row: OutlookRow, limit: bigint): PrintedOutlook {
  const left = (value: number) => usd(atMost(unitsDown(value, 8), limit))
  return {
    move: ratio(row.move),
    healthFactor: row.healthFactor === null ? null : ratio(row.healthFactor),
    equity: left(row.equity),
    movable: left(row.movable),
    badDebt: usd(unitsUp(row.badDebt, 8)),
    forecastEquity: left(row.forecastEquity),
    forecastBadDebt: usd(unitsUp(row.forecastBadDebt, 8)),
  }
}

function isPledgedClaim({ rule }: UnitReading, { terms }: Claim): boolean {
  const { enabled, liquidationThreshold } = terms!
  return isPledged({ rule }, { enabled, liquidationThreshold: Number(liquidationThreshold) })
}

function agreedOn({ evidence }: Figure, place: Claim | UnitReading): AgreedControl {
  return controlOf(evidence.facts.agreements ?? [], place)
}

function claimBody(
  { claim, asset, mark, oraclePrice, marketValue, reasonCode }: ValuedClaim,
  { control }: AgreedControl,
): Row['body'] {
  const direction = claim.side === 'borrow' ? 'up' : 'down'
  return {
    chain: claim.chain,
    protocol: claim.protocol,
    market: claim.market,
    account: claim.account,
    side: claim.side,
    token: claim.token,
    decimals: claim.decimals,
    asset,
    shares: claim.shares.toString(),
    amount: claim.amount.toString(),
    oraclePrice: oraclePrice === null ? null : price(oraclePrice, direction),
    markPrice: mark?.price == null ? null : price(mark.price, direction),
    marketValue: marketValue === null ? null : usd(marketValue),
    reasonCode,
    ageSeconds: claim.ageSeconds ?? null,
    path: claim.path,
    unit: claim.unit,
    control,
  }
}

function printSteps({ steps }: PrintedWaterfall): readonly PrintedHaircut[] {
  return steps.map(({ step, input, rule, haircut, amount }) => ({
    step,
    input: usd(input),
    rule,
    haircut: ratio(haircut),
    amount: usd(amount),
  }))
}

function base(raw: bigint | null, decimals: number): string | null {
  return raw === null ? null : formatDecimal({ value: raw, decimals })
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((left, right) => left + right, 0n)
}

function atMost(value: bigint, limit: bigint): bigint {
  return value < limit ? value : limit
}
