import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkStatistics } from '../../../cli/vectors/statistics'

const text = readFileSync(join(import.meta.dirname, '../../vectors/statistics.json'), 'utf8')
const published = JSON.parse(text)

/** Every path to a number of a JSON value. */
function paths(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value === 'number') return [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, element]) => paths(element, [...path, key]))
}

/** A copy of the file in which one number is multiplied. */
function altered(path: readonly (string | number)[], factor: number): unknown {
  const copy = structuredClone(published)
  let holder = copy
  for (const key of path.slice(0, -1)) holder = holder[key]
  holder[path.at(-1)!] *= factor
  return copy
}

const statusOf = (file: unknown) => checkStatistics(file).map(({ status }) => status)

describe('checkStatistics', () => {
  it('reproduces every published figure', () => {
    const results = checkStatistics(published)
    expect(results.map(({ id }) => id)).toEqual([
      'sampleCovBiased',
      'ledoitWolf',
      'ewma',
      ...Array.from({ length: 18 }, (_, i) => `kupiec[${i}]`),
    ])
    expect(results.filter(({ status }) => status !== 'passed')).toEqual([])
    for (const { gap, tolerance } of results) {
      expect(tolerance).toBe(1e-9)
      expect(gap).toBeLessThan(1e-12)
    }
  })

  it('fails when any published figure differs by a millionth', () => {
    const figures = paths(published).filter(
      ([section, ...rest]) =>
        section !== 'X' && !['returnsPct', 'T', 'x', 'p'].includes(String(rest.at(-1))) && rest[0] !== 'returnsPct',
    )
    expect(figures.length).toBe(9 + 1 + 9 + 1 + 24 + 36)
    for (const path of figures) {
      for (const factor of [1 + 1e-6, 1 - 1e-6])
        expect(statusOf(altered(path, factor)), path.join('/')).toContain('failed')
    }
  })

  it('computes from the inputs of the file', () => {
    expect(
      checkStatistics(altered(['X', '3', '1'], 1.01))
        .slice(0, 2)
        .map(({ status }) => status),
    ).toEqual(['failed', 'failed'])
    expect(statusOf(altered(['ewma', 'returnsPct', '3'], 1.01))[2]).toBe('failed')
    expect(statusOf({ ewma: { ...published.ewma, oracle: 'arch EWMAVariance(0.97)' } })).toEqual(['failed'])
    expect(statusOf({ ewma: { ...published.ewma, oracle: 'arch EWMAVariance(0.97)', lambda: 0.94 } })).toEqual([
      'passed',
    ])
    const { initial: _, ...withoutInitial } = published.ewma
    expect(statusOf({ ewma: withoutInitial })).toEqual(['passed'])
  })

  it('checks sections which other files may have', () => {
    const file = {
      X: [
        [1, 2],
        [3, 5],
      ],
      sampleCovBiased: [
        [1, 1.5],
        [1.5, 2.25],
      ],
      // σ²: 2, then 0.1 + 0.2·1 + 0.5·2 = 1.3; log-likelihood −½(2 ln 2π + ln 2 + ln 1.3 + 1/2 + 4/1.3).
      garch: {
        returns: [1, -2],
        omega: 0.1,
        alpha: 0.2,
        beta: 0.5,
        initial: 2,
        variance: [2, 1.3],
        logLikelihood: -4.104094327384602,
      },
      // 2(3 ln ¾ + ln ¼ + ln ½ + ln ½ − 4 ln ⅔ − 2 ln ⅓)
      christoffersen: [{ n00: 3, n01: 1, n10: 1, n11: 1, lrInd: 0.3669001403475063 }],
      historicalVar: {
        pnl: [-8, -2, 1, 4],
        cases: [
          { level: 0.625, var: 2, es: 6 },
          { level: 0.625, var: 2, es: 6.1 },
        ],
      },
    }
    expect(checkStatistics(file).map(({ id, status }) => `${id} ${status}`)).toEqual([
      'sampleCovBiased passed',
      'garch passed',
      'christoffersen[0] passed',
      'historicalVar[0] passed',
      'historicalVar[1] failed',
    ])
    const backcast = { returns: [1, -2], omega: 0.1, alpha: 0.2, beta: 0.5, backcast: 2, variance: [1.5, 1.05] }
    expect(statusOf({ garch: backcast })).toEqual(['passed'])
    expect(
      statusOf({ historicalVar: [{ losses: [8, 2, -1, -4], weights: [1, 1, 1, 1], confidence: 0.625, es: 6 }] }),
    ).toEqual(['passed'])
  })

  it('checks a sequence of exceptions in all its ratios', () => {
    // Transitions of 0,0,1,1,0: one each of 00, 01, 11, 10. LRuc = 2(2 ln .4 + 3 ln .6 − 2 ln .1 − 3 ln .9).
    const fields = { hits: [0, 0, 1, 1, 0], p: 0.1, lr: 0, pValue: 1, lrInd: 0, pInd: 1 }
    const lrUc = 3.112386795830575
    const pUc = 0.0776990208108664
    const all = { ...fields, lrUc, pUc, lrCc: lrUc, pCc: 0.2109375 }
    expect(checkStatistics({ christoffersen: all })).toMatchObject([{ status: 'passed' }])
    expect(statusOf({ christoffersen: { ...all, pCc: 0.2109 } })).toEqual(['failed'])
  })

  it('skips what it cannot compute and says why', () => {
    const file = {
      note: 'none',
      ledoitWolf: { shrinkage: 0.1 },
      sampleCovBiased: [[1]],
      ewma: { variance: [1] },
      garch: { returns: [1], variance: [1] },
      kupiec: [{ T: 1, x: 0, lr: 1 }, { T: 250, x: 0, p: 0.01 }, 7],
      christoffersen: [{ hits: [1, 0], lr: 1 }],
      historicalVar: [{ pnl: [1], var: 1 }],
      other: { a: 1 },
      nothing: 3,
    }
    const results = checkStatistics(file)
    expect(results.every(({ status }) => status === 'skipped')).toBe(true)
    expect(results.map(({ id, detail }) => `${id}: ${detail}`)).toEqual([
      'ledoitWolf: no inputs',
      'sampleCovBiased: no inputs',
      'ewma: no inputs',
      'garch: no inputs',
      'kupiec[0]: no inputs',
      'kupiec[1]: no expected figures',
      'kupiec[2]: no expected figures',
      'christoffersen[0]: no inputs',
      'historicalVar[0]: no inputs',
      'other: no such statistic',
      'nothing: no such statistic',
    ])
    expect(checkStatistics([])).toMatchObject([{ status: 'skipped', id: 'file' }])
    expect(checkStatistics(null)).toMatchObject([{ status: 'skipped', id: 'file' }])
  })

  it('fails on inputs outside their domain and on figures of another shape', () => {
    expect(checkStatistics({ kupiec: [{ T: 10, x: 11, p: 0.01, lr: 1 }] })).toMatchObject([
      { status: 'failed', gap: Number.POSITIVE_INFINITY, detail: expect.stringContaining('/exceptions') },
    ])
    const shorter = { ...published.ewma, variance: published.ewma.variance.slice(1) }
    expect(checkStatistics({ ewma: shorter })).toMatchObject([{ status: 'failed', gap: Number.POSITIVE_INFINITY }])
    expect(statusOf({ kupiec: [{ T: 250, x: 0, p: 0.01, lr: '5.02' }] })).toEqual(['failed'])
    expect(statusOf({ kupiec: [{ T: 250, x: 0, p: 0.01, lr: [5.02] }] })).toEqual(['failed'])
    expect(statusOf({ X: [[1]], ledoitWolf: { shrinkage: 0, cov: [0] } })).toEqual(['failed'])
  })
})
