import { MissingMarketDataError } from '../errors'
import { correlationFromCovariance } from '../measures/covariance/correlationFromCovariance'
import { ledoitWolf } from '../measures/covariance/ledoitWolf'
import { groupHead, scenarioSetOf } from '../scenario/gridShocks'
import type { GreeksRow, MarginReport, Portfolio, ResolvedHistory, ResolvedUnderlying } from '../types'
import { greeksByUnderlying } from './exposures'
import { joint } from './joint'
import { type Measure, NO_LOSS } from './measure'
import { balanceOf, report } from './report'
import { requirement } from './requirement'
import { scan } from './scan'
import { stress } from './stress'
import { type Valuation, valuate } from './valuation'

/** Standard normal quantile at 99 %. */
const Z = 2.326

const DAYS_PER_YEAR = 365

function historyOf(history: ResolvedHistory | null, underlying: ResolvedUnderlying): Float64Array | null {
  return history?.returns.get(underlying.asset) ?? history?.returns.get(underlying.riskGroup) ?? null
}

/** One-interval standard deviation of an underlying: of its history, else of its stated annual volatility. */
function deviationOf(underlying: ResolvedUnderlying, history: ResolvedHistory | null): number {
  const series = historyOf(history, underlying)
  if (series !== null) return Math.sqrt(series.reduce((sum, move) => sum + move * move, 0) / series.length)
  if (underlying.volatility !== null) return underlying.volatility / Math.sqrt(DAYS_PER_YEAR)
  const where = `/marketData/assets/${underlying.asset}/volatility`
  throw new MissingMarketDataError(where, 'a volatility, or past returns of the asset, for this model')
}

/** USD that all implied volatilities of an underlying moving by the widest range of its scenario set would cost. */
function vegaLoss(valuation: Valuation, underlying: ResolvedUnderlying): number {
  const { account, positions } = valuation
  const head = groupHead(underlying.riskGroup, account.factors, account.parameters)
  const { scenarios } = scenarioSetOf(account.parameters, head)
  const vols = new Map(account.instruments.map((row) => [row.id, row.kind === 'option' ? row.vol : 0]))
  const perRange = positions
    .filter((row) => row.underlying === underlying.asset)
    .reduce((sum, row) => sum + row.vega * (vols.get(row.id) ?? 0), 0)
  return Math.max(...scenarios.map((rule) => -perRange * rule.vol), 0)
}

/** Worst of ±z standard deviations in delta and gamma, plus the volatility move: USD ≥ 0. */
function underlyingLoss(valuation: Valuation, row: GreeksRow, underlying: ResolvedUnderlying): number {
  const deviation = deviationOf(underlying, valuation.account.market.history)
  const loss = (move: number) => {
    const change = underlying.indexPrice * move
    return -(row.delta * change + 0.5 * row.gamma * change * change)
  }
  return Math.max(0, loss(Z * deviation), loss(-Z * deviation)) + vegaLoss(valuation, underlying)
}

/** Shrunk correlations of the underlyings' returns; pairs without history, or with one that never moved, move as one. */
function correlations(history: ResolvedHistory | null, underlyings: readonly ResolvedUnderlying[]) {
  const series = underlyings.map((underlying) => historyOf(history, underlying))
  const known = series.flatMap((values, index) => (values === null ? [] : [index]))
  const matrix = underlyings.map(() => underlyings.map(() => 1))
  if (history === null || known.length < 2 || history.length < 2) return matrix
  const rows = Array.from({ length: history.length }, (_, time) =>
    known.map((index) => (series[index] as Float64Array)[time] as number),
  )
  const { covariance } = ledoitWolf(rows)
  const moving = known.flatMap((_, index) => ((covariance[index]?.[index] ?? 0) > 0 ? [index] : []))
  if (moving.length < 2) return matrix
  const correlation = correlationFromCovariance(
    moving.map((i) => moving.map((j) => (covariance[i] as readonly number[])[j] as number)),
  )
  moving.forEach((i, one) => {
    moving.forEach((j, other) => {
      const found = Math.max(0, (correlation[one] as readonly number[])[other] as number)
      ;(matrix[known[i] as number] as number[])[known[j] as number] = found
    })
  })
  return matrix
}

/**
 * Delta-gamma-vega loss, USD ≥ 0: per underlying the worst of ±2.326 standard deviations, aggregated with the shrunk correlations of
 * returns, negative ones taken as 0.
 */
export function deltaGammaVegaLoss(valuation: Valuation): Measure {
  const { market } = valuation.account
  const rows = greeksByUnderlying(valuation.positions)
  const underlyings = rows.map((row) => market.assets.get(row.underlying) as ResolvedUnderlying)
  const losses = rows.map((row, index) => underlyingLoss(valuation, row, underlyings[index] as ResolvedUnderlying))
  const matrix = correlations(market.history, underlyings)
  let squared = 0
  losses.forEach((one, i) => {
    losses.forEach((other, j) => {
      squared += one * other * ((matrix[i] as readonly number[])[j] as number)
    })
  })
  const loss = Math.sqrt(squared)
  if (loss === 0) return NO_LOSS
  return {
    loss,
    legs: new Map([['deltaGammaVega', loss]]),
    own: new Map(),
    worst: { id: 'deltaGammaVega', loss, moves: [] },
    rows: [],
  }
}

/** `greeks`: the delta-gamma-vega loss beside the full revaluation; the larger counts, so it never replaces it. */
export function greeksMargin(portfolio: Portfolio): MarginReport {
  const valuation = valuate(portfolio, { market: false })
  const { account } = valuation
  const approximate = deltaGammaVegaLoss(valuation)
  const moves = joint(account)
  const revalued = 'reason' in moves ? NO_LOSS : moves
  const needed = requirement(valuation, {
    scan: scan(account),
    joint: approximate.loss > revalued.loss ? { ...approximate, own: revalued.own } : moves,
    stress: stress(account),
  })
  const measures = {
    deltaGammaVega: approximate.loss,
    fullRevaluation: Math.max(needed.components.scan, revalued.loss),
  }
  return report('greeks', valuation, balanceOf(valuation, true), needed, { measures })
}
