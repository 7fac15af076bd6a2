import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { runVectors } from '../../cli/commands/vectors'
import { UsageError } from '../../cli/UsageError'
import { type Json, objectsAt } from '../../cli/vectors/json'
import { vectorKinds } from '../../cli/vectors/kinds'
import type { VectorResult } from '../../cli/vectors/vectorResult'

const folder = 'test/vectors'
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

function read(name: string): Json {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'))
}

function check(file: Json): readonly VectorResult[] {
  const kind = vectorKinds.find(({ matches }) => matches(file))
  if (kind === undefined) throw new Error('no kind')
  return kind.check(file)
}

type Path = readonly (string | number)[]

function numbersIn(value: unknown, path: Path): readonly Path[] {
  if (typeof value === 'number') return value === 0 ? [] : [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, [...path, key]))
}

function changed(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return (value as number) * (1 + 1e-6)
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? changed(item, rest) : item))
  const source = value as Json
  return { ...source, [key]: changed(source[key], rest) }
}

/** The expected figures of a file's own format, by path. */
function expectedFigures(file: Json, isExpected: (path: Path) => boolean): readonly Path[] {
  return numbersIn(file, []).filter(isExpected)
}

function output() {
  const written: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    written.push(String(line))
    return true
  })
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  return written
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('vectors', () => {
  it('pass, all files together, with a line per file and a summary', async () => {
    const written = output()
    expect(await runVectors(files.map((name) => join(folder, name)))).toBe(0)
    expect(written).toHaveLength(files.length + 1)
    expect(written[0]).toMatch(/^black76\.json black76 23\/23 worst \d\.\de-\d+\n$/)
    expect(written.at(-1)).toMatch(/^\d+ passed, 0 failed, 0 skipped, worst gap \d\.\de-\d+\n$/)
  })

  it('refuse no files, unreadable files and files of no known kind', async () => {
    await expect(runVectors([])).rejects.toThrow(UsageError)
    await expect(runVectors(['test/vectors/none.json'])).rejects.toThrow(/none\.json/)
    const directory = await mkdtemp(join(tmpdir(), 'vectors-'))
    const path = join(directory, 'other.json')
    writeFileSync(path, '[1]')
    await expect(runVectors([path])).rejects.toThrow(/no known kind/)
  })

  it('end with 1 when a figure is wrong', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'vectors-'))
    const path = join(directory, 'wrong.json')
    writeFileSync(path, JSON.stringify(changed(read('span-16.json'), ['longFuture', 'scanRisk'])))
    const written = output()
    expect(await runVectors([path])).toBe(1)
    expect(written[0]).toBe('wrong.json span16 3/4 worst 1.0e-6\n')
    expect(written[1]).toBe('3 passed, 1 failed, 0 skipped, worst gap 1.0e-6\n')
  })
})

describe('a figure changed by 1e-6 fails', () => {
  const at = (path: Path, ...keys: readonly string[]) => keys.some((key) => path.includes(key))
  const statistics = ['shrinkage', 'cov', 'sampleCovBiased', 'variance', 'lr', 'pValue', 'var', 'es']
  const coverage = ['lrInd', 'pInd', 'lrUc', 'pUc', 'lrCc', 'pCc']
  const formats: readonly (readonly [own: string, other: string, keys: readonly string[]])[] = [
    ['black76', 'black76', ['call', 'put']],
    ['collateral-tiers', 'tiers', ['effectiveQty']],
    ['okx-pm', 'okx', ['adjusted', 'MR7adj', 'MMR', 'IMR']],
    ['paradex-pm', 'paradex', ['netDelta', 'grossDelta', 'hedgedDelta', 'minDeltaRequirement']],
    ['span-16', 'span16', ['scanRisk']],
    ['statistics', 'statistics', [...statistics, ...coverage]],
    ['other-parameters-lending', 'lending', ['expect']],
  ]
  const files = formats.flatMap(([own, other, keys]) =>
    [...new Set([own, `other-parameters-${other}`])].map((name) => [`${name}.json`, keys] as const),
  )

  it.each(files)('%s', (name, keys) => {
    const isExpected = (path: Path) => at(path, ...keys)
    const file = read(name)
    const figures = expectedFigures(file, isExpected)
    expect(figures.length).toBeGreaterThan(2)
    for (const path of figures) {
      const failed = check(changed(file, path) as Json).some(({ status }) => status === 'failed')
      if (!failed) throw new Error(`${path.join('/')} is not compared`)
    }
  })

  it.each(['derive-pmrm2.json', 'derive-pmrm2-edges.json', 'other-parameters-derive-pmrm2.json'])(
    '%s',
    { timeout: 240_000 },
    (name) => {
      const cases = objectsAt(read(name), 'cases')
      cases.forEach((one, index) => {
        const file = { cases: [one] }
        const figures = expectedFigures(file, (path) => path.includes('expected'))
        // Every eleventh figure, a different eleventh in every case: all kinds of figure are met.
        for (const path of figures.filter((_, position) => position % 11 === index % 11)) {
          const failed = check(changed(file, path) as Json).some(({ status }) => status === 'failed')
          if (!failed) throw new Error(`${String(one.id)} ${path.join('/')} is not compared`)
        }
      })
    },
  )
})

describe('cases of our own formats', () => {
  const unit = {
    rule: 'aave',
    collateral: [{ asset: 'ETH', quantity: 100, liquidationThreshold: 0.83, maxLtv: 0.8, liquidationIncentive: 1.05 }],
    debt: [{ asset: 'USDC', quantity: 150_000 }],
  }
  const prices = { ETH: 3_000, USDC: 1 }
  const expected = { equity: 150_000, badDebt: 0, healthFactor: 1.66, movable: 61_500 / 0.83 }

  it('lending: one case in the file, or several', () => {
    const one = { kind: 'lending', unit, prices, expect: expected }
    expect(check(one)).toMatchObject([{ status: 'passed' }])
    const wrong = { unit, prices, expect: { ...expected, equity: 150_000.2 } }
    const file = { kind: 'lending', cases: [one, wrong, { unit, prices }, { unit: 3, prices, expect: expected }] }
    expect(check(file).map(({ status }) => status)).toEqual(['passed', 'failed', 'skipped', 'failed'])
    const free = {
      kind: 'lending',
      unit: { ...unit, debt: [] },
      prices,
      expect: { healthFactor: null, movable: 300_000 },
    }
    expect(check(free)).toMatchObject([{ status: 'passed' }])
  })

  it('margin: every expected leaf of the report', () => {
    const input = {
      model: 'portfolio',
      at: 0,
      cash: '1000.5',
      positions: [{ id: 'p', kind: 'perp', underlying: 'ETH', quantity: 1, entryPrice: 2_900 }],
      marketData: { assets: { ETH: { indexPrice: 3_000, class: 'ETH' } } },
    }
    const of = (expectation: unknown) => check({ kind: 'margin', input, expect: expectation })[0]?.status
    expect(of({ marginBalance: '1100.5', status: 'WARNING', components: { scan: 600 }, subAccounts: [] })).toBe(
      'passed',
    )
    expect(of({ marginBalance: 1_100.6 })).toBe('failed')
    expect(of({ status: 'NORMAL' })).toBe('failed')
    expect(of({ nothing: 1 })).toBe('failed')
    expect(of({ positions: [{ id: 'p', delta: 1 }] })).toBe('passed')
    expect(of({ positions: [] })).toBe('failed')
    expect(of(undefined)).toBe('skipped')
    expect(check({ kind: 'margin', input: { ...input, model: 'none' }, expect: {} })[0]?.status).toBe('failed')
  })
})
