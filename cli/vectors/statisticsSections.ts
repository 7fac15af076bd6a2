import { christoffersen, christoffersenIndependence } from '../../engine/measures/backtest/christoffersen'
import { kupiec } from '../../engine/measures/backtest/kupiec'
import { ledoitWolf } from '../../engine/measures/covariance/ledoitWolf'
import { sampleCovariance } from '../../engine/measures/covariance/sampleCovariance'
import { expectedShortfall } from '../../engine/measures/tail/expectedShortfall'
import { valueAtRisk } from '../../engine/measures/tail/valueAtRisk'
import { ewmaVariance } from '../../engine/measures/volatility/ewmaVariance'
import { garchVariance } from '../../engine/measures/volatility/garchVariance'
import { gaussianLogLikelihood } from '../../engine/measures/volatility/gaussianLogLikelihood'
import type { Json } from './json'

interface Section {
  /** Fields which hold expected figures; all others are inputs. */
  readonly expected: readonly string[]
  /** Figures by the names of the expected fields; `undefined` when an input is missing. */
  readonly compute: (inputs: Json) => Json | undefined
}

/** How each section of a statistics vector file is computed. */
export const statisticsSections: Readonly<Record<string, Section>> = {
  sampleCovBiased: {
    expected: ['covariance'],
    compute: ({ X }) => (isTable(X) ? { covariance: sampleCovariance(X) } : undefined),
  },

  ledoitWolf: {
    expected: ['shrinkage', 'cov'],
    compute: ({ X }) => {
      if (!isTable(X)) return undefined
      const { shrinkage, covariance } = ledoitWolf(X)
      return { shrinkage, cov: covariance }
    },
  },

  ewma: {
    // `initial` starts the recursion, and is the first expected variance at the same time.
    expected: ['variance'],
    compute: (inputs) => {
      const returns = seriesOf(inputs, ['returnsPct', 'returns'])
      if (returns === undefined) return undefined
      const variance = ewmaVariance(returns, { lambda: lambdaOf(inputs), initial: numberOf(inputs, ['initial']) })
      return { variance: variance.subarray(0, returns.length) }
    },
  },

  garch: {
    expected: ['variance', 'logLikelihood'],
    compute: (inputs) => {
      const returns = seriesOf(inputs, ['returnsPct', 'returns'])
      const omega = numberOf(inputs, ['omega'])
      const alpha = numberOf(inputs, ['alpha'])
      const beta = numberOf(inputs, ['beta'])
      if (returns === undefined || omega === undefined || alpha === undefined || beta === undefined) return undefined
      const start = { initial: numberOf(inputs, ['initial']), backcast: numberOf(inputs, ['backcast']) }
      const variance = garchVariance(returns, { omega, alpha, beta }, start)
      const logLikelihood = gaussianLogLikelihood(returns, variance)
      return { variance: variance.subarray(0, returns.length), logLikelihood }
    },
  },

  kupiec: {
    expected: ['lr', 'pValue'],
    compute: (inputs) => {
      const [T, x, p] = [numberOf(inputs, ['T']), numberOf(inputs, ['x']), numberOf(inputs, ['p'])]
      if (T === undefined || x === undefined || p === undefined) return undefined
      const { statistic, pValue } = kupiec(T, x, p)
      return { lr: statistic, pValue }
    },
  },

  christoffersen: {
    expected: ['lr', 'pValue', 'lrInd', 'pInd', 'lrUc', 'pUc', 'lrCc', 'pCc'],
    compute: (inputs) => {
      const hits = seriesOf(inputs, ['hits', 'exceptions'])
      const p = numberOf(inputs, ['p'])
      if (hits !== undefined && p !== undefined) {
        const { independence, unconditional, conditionalCoverage } = christoffersen(hits, p)
        const lrUc = unconditional.statistic
        const lrCc = conditionalCoverage.statistic
        return { ...named(independence), lrUc, pUc: unconditional.pValue, lrCc, pCc: conditionalCoverage.pValue }
      }
      const [n00, n01, n10, n11] = ['n00', 'n01', 'n10', 'n11'].map((name) => numberOf(inputs, [name]))
      if (n00 === undefined || n01 === undefined || n10 === undefined || n11 === undefined) return undefined
      return named(christoffersenIndependence({ n00, n01, n10, n11 }))
    },
  },

  historicalVar: {
    expected: ['var', 'es'],
    compute: (inputs) => {
      const losses = seriesOf(inputs, ['losses'])
      const pnl = losses?.map((loss) => -loss) ?? seriesOf(inputs, ['pnl', 'returns', 'returnsPct'])
      const level = numberOf(inputs, ['level', 'confidence'])
      if (pnl === undefined || level === undefined) return undefined
      const weights = seriesOf(inputs, ['weights'])
      return { var: valueAtRisk(pnl, level, weights), es: expectedShortfall(pnl, level, weights) }
    },
  },
}

function named({ statistic, pValue }: { readonly statistic: number; readonly pValue: number }): Json {
  return { lr: statistic, pValue, lrInd: statistic, pInd: pValue }
}

/** λ as given, else as the oracle's name states it (`EWMAVariance(0.94)`), else RiskMetrics' daily value. */
function lambdaOf(inputs: Json): number {
  const stated = /\((0?\.\d+)\)/.exec(String(inputs.oracle))?.[1]
  return numberOf(inputs, ['lambda']) ?? Number(stated ?? 0.94)
}

function numberOf(inputs: Json, names: readonly string[]): number | undefined {
  return names.map((name) => inputs[name]).find((value): value is number => typeof value === 'number')
}

function seriesOf(inputs: Json, names: readonly string[]): readonly number[] | undefined {
  return names.map((name) => inputs[name]).find(isSeries)
}

function isSeries(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((x) => typeof x === 'number')
}

function isTable(value: unknown): value is readonly (readonly number[])[] {
  return Array.isArray(value) && value.every(isSeries)
}
