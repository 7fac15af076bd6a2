import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { prepareTick } from '../../engine/index'
import { house1 } from '../../engine/parameters/house1'
import { historyShocks } from '../../engine/scenario/historyShocks'
import { methods } from '../../scripts/backtest/methods'
import { seededRandom } from '../../scripts/backtest/random'
import { regimes, simulate } from '../../scripts/backtest/regimes'
import { judge, runBacktest } from '../../scripts/backtest/runBacktest'
import {
  backtestRows,
  methodsTable,
  regimesTable,
  replaceSection,
  resultsTable,
  SEED,
} from '../../scripts/backtest/table'

const file = readFileSync(join(import.meta.dirname, '../../docs/backtest.md'), 'utf8')
const DAYS = 1500

/** Normal returns of deviation 1 with exactly right forecasts, times a factor: −Φ⁻¹(1 %), −Φ⁻¹(2.5 %) and φ(Φ⁻¹(2.5 %)) ÷ 2.5 %. */
function knownForecasts(seed: number, factor: number) {
  const { normal } = seededRandom(seed)
  const flat = (level: number) => new Float64Array(DAYS).fill(level * factor)
  const pnl = Float64Array.from({ length: DAYS }, normal)
  return judge(pnl, flat(2.3263478740408408), flat(1.959963984540054), flat(2.3378027922014))
}

describe('the acceptance rule', () => {
  it('seldom rejects forecasts that are right', () => {
    const results = Array.from({ length: 300 }, (_, seed) => knownForecasts(seed, 1))
    const rejected = results.filter(({ breaches }) => breaches.length > 0).length / results.length
    expect(rejected).toBeLessThan(0.1)
    expect(rejected).toBeGreaterThan(0.02)
    // The shortfall test alone is meant to reject one in twenty.
    const shortfall = results.filter(({ breaches }) => breaches.includes('shortfall')).length / results.length
    expect(shortfall).toBeGreaterThan(0.02)
    expect(shortfall).toBeLessThan(0.08)
  })

  it('rejects forecasts of half the risk, and never those of twice it', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      expect(knownForecasts(seed, 0.5).breaches).toEqual(expect.arrayContaining(['coverage', 'shortfall', 'red year']))
      expect(knownForecasts(seed, 2).breaches).toEqual([])
    }
  })

  it('rejects forecasts that are a tenth too low nearly always', () => {
    const results = Array.from({ length: 50 }, (_, seed) => knownForecasts(seed, 0.9))
    expect(results.filter(({ breaches }) => breaches.length > 0).length).toBeGreaterThan(40)
  })
})

describe('runBacktest', () => {
  it('forecasts from the past only', () => {
    const returns = simulate(regimes[0]!, 620, 3)
    const future = returns.map((series) => Float64Array.from(series, (r, t) => (t >= 600 ? 0.5 : r)))
    const seen: number[][] = []
    const spy = {
      id: 'spy',
      description: '',
      outcomes: (window: readonly Float64Array[]) => {
        seen.push([window[0]!.length, window[0]![0]!, window[0]!.at(-1)!])
        return { moves: window }
      },
    }
    runBacktest(future, spy)
    expect(seen).toHaveLength(120)
    expect(seen.map(([length]) => length)).toEqual(new Array(120).fill(500))
    expect(seen.map(([, first]) => first)).toEqual(Array.from(future[0]!.slice(0, 120)))
    expect(seen.map(([, , last]) => last)).toEqual(Array.from(future[0]!.slice(499, 619)))
  })
})

describe('regimes', () => {
  it.each(regimes.map((regime) => [regime.id, regime] as const))(
    '%s repeats by seed and stays above −1',
    (_, regime) => {
      const [first, second] = simulate(regime, 3000, 7)
      expect(simulate(regime, 3000, 7)).toEqual([first, second])
      expect(simulate(regime, 3000, 8)[0]).not.toEqual(first)
      for (const series of [first, second]) expect(series.every((r) => r > -1 && Number.isFinite(r))).toBe(true)
      const deviation = (series: Float64Array) => Math.sqrt(series.reduce((sum, r) => sum + r * r, 0) / series.length)
      // Between 30 % and 130 % a year, and the second asset moves more.
      expect(deviation(first) * Math.sqrt(365)).toBeGreaterThan(0.3)
      expect(deviation(first) * Math.sqrt(365)).toBeLessThan(1.3)
      expect(deviation(second)).toBeGreaterThan(deviation(first))
    },
  )
})

describe('docs/backtest.md', () => {
  it('holds the figures that the engine gives', { timeout: 600_000 }, () => {
    const rows = backtestRows(SEED)
    expect(replaceSection(file, 'results', resultsTable(rows))).toBe(file)
    expect(replaceSection(file, 'regimes', regimesTable())).toBe(file)
    expect(replaceSection(file, 'methods', methodsTable())).toBe(file)

    // What the text says about what is shipped.
    const shipped = rows.filter(({ method }) => method === 'floored' || method === 'haircut')
    expect(shipped).toHaveLength(12)
    expect(shipped.filter(({ result }) => result.breaches.length > 0)).toEqual([])
    for (const { regime, result } of rows.filter(({ method }) => method === 'floored')) {
      const plain = rows.find((row) => row.regime === regime && row.method === 'filtered')!.result
      expect(result.meanShortfall).toBeGreaterThan(plain.meanShortfall)
      expect(result.largestRise).toBeLessThan(plain.largestRise)
    }
  })

  it('says which method house-1 uses', () => {
    const window = simulate(regimes[2]!, 100, 5)
    const major = { riskGroup: 'A', className: 'BTC', class: house1.classes.BTC! }
    const list = [
      { ...major, asset: 'A' },
      { ...major, asset: 'B', riskGroup: 'B' },
    ]
    const returns = new Map([
      ['A', window[0]],
      ['B', window[1]],
    ])
    const history = { length: 100, returns, volMoves: new Map(), horizonDays: 1 }
    const tick = prepareTick({ at: 0 })
    const { price, weights } = historyShocks(
      tick,
      history,
      { list, rows: new Map(), used: new Set([0, 1]) },
      house1.joint!,
    )
    const used = methods.find((method) => {
      const outcome = method.outcomes(window)
      const moves = outcome.moves.flatMap((series) => Array.from(series))
      const expectedWeights = outcome.weights ?? new Float64Array(100).fill(1 / 100)
      const same = (a: ArrayLike<number>, b: ArrayLike<number>) =>
        a.length === b.length && Array.from(a).every((x, i) => Math.abs(x - b[i]!) < 1e-12)
      return (
        same(
          Array.from(price, (multiplier) => multiplier - 1),
          moves,
        ) && same(weights, expectedWeights)
      )
    })
    expect(file).toContain(`The joint part of \`house-1\` uses \`${used?.id}\`.`)
  })

  it('notices a missing marker', () => {
    expect(() => replaceSection('text', 'results', '')).toThrow(
      'add the markers <!-- results --> and <!-- /results -->',
    )
  })
})
