import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { capDeductions } from '../../../engine/haircut/capDeductions'
import {
  chainDeduction,
  marketDeduction,
  oracleDeduction,
  protocolDeduction,
  wrapperDeduction,
} from '../../../engine/haircut/leafDeductions'
import { mergeDeductions } from '../../../engine/haircut/mergeDeductions'
import { progressiveValue } from '../../../engine/haircut/progressiveValue'
import { sellable } from '../../../engine/haircut/sellable'
import { type SizedLeaf, sizeDeductions } from '../../../engine/haircut/sizeDeductions'
import type { HaircutParameters } from '../../../engine/types'
import { propertyRuns } from '../propertyRuns'
import { EVERYTHING, holding, MAJOR, NOTHING } from './leaves'

const { bybit } = JSON.parse(readFileSync(new URL('../../vectors/collateral-tiers.json', import.meta.url), 'utf8')) as {
  bybit: { tiers: [number | null, number][]; cases: { qty: number; effectiveQty: number }[] }
}
const published = bybit.tiers.map(([upTo, ratio]) => ({ upTo, ratio }))
const inputs = holding().haircut

describe('progressiveValue', () => {
  it.each(bybit.cases)('counts $qty BTC as $effectiveQty', ({ qty, effectiveQty }) => {
    expect(Math.abs(progressiveValue(qty, published) - effectiveQty)).toBeLessThanOrEqual(1e-12)
  })

  it('leaves debts whole and counts nothing beyond the last tier', () => {
    expect(progressiveValue(-5, published)).toBe(-5)
    expect(progressiveValue(0, published)).toBe(0)
    expect(progressiveValue(100, [{ upTo: 10, ratio: 0.5 }])).toBe(5)
    expect(progressiveValue(100, [])).toBe(0)
    expect(
      progressiveValue(10, [
        { upTo: 10, ratio: 0.5 },
        { upTo: null, ratio: 0.1 },
      ]),
    ).toBe(5)
  })

  it('rises with the size, never faster than it', () => {
    const more = fc.double({ min: 0, max: 100, noNaN: true })
    fc.assert(
      fc.property(more, more, (size, extra) => {
        const gain = progressiveValue(size + extra, published) - progressiveValue(size, published)
        return gain >= -1e-9 && gain <= extra + 1e-9
      }),
      { numRuns: propertyRuns(1000), seed: 1 },
    )
  })
})

describe('sellable', () => {
  const curve = [
    { value: 100, impact: 0.1 },
    { value: 200, impact: 0.4 },
  ]

  it('is everything without a curve', () => {
    expect(sellable(500, [])).toEqual({ proceeds: 500, size: 500 })
  })

  it('interpolates the average impact from nothing on', () => {
    expect(sellable(50, curve).proceeds).toBeCloseTo(50 * 0.95, 12)
    expect(sellable(100, curve)).toEqual({ proceeds: 90, size: 100 })
    expect(sellable(0, curve)).toEqual({ proceeds: 0, size: 0 })
  })

  it('stops at the peak of the proceeds', () => {
    // q·(1 − 0.1 − 0.003·(q − 100)) peaks at q = 200: 1.2 ÷ 0.006.
    expect(sellable(150, curve).proceeds).toBeCloseTo(150 * (0.9 - 0.15), 12)
    expect(sellable(200, curve).proceeds).toBeCloseTo(120, 12)
    expect(sellable(1000, curve)).toEqual(sellable(200, curve))
    const steep = [
      { value: 100, impact: 0 },
      { value: 200, impact: 1 },
    ]
    // q·(1 − 0.01·(q − 100)) peaks at 100 already.
    expect(sellable(180, steep)).toEqual({ proceeds: 100, size: 100 })
    const kinked = [
      { value: 100, impact: 0.4 },
      { value: 400, impact: 0.7 },
    ]
    // q·(0.6 − 0.001·(q − 100)) peaks at 350: 0.7 ÷ 0.002.
    expect(sellable(400, kinked).size).toBeCloseTo(350, 9)
    expect(sellable(400, kinked).proceeds).toBeCloseTo(350 * 0.35, 9)
  })

  it('never trusts a curve that falls or exceeds 1', () => {
    const odd = [
      { value: 100, impact: 0.5 },
      { value: 200, impact: 0.1 },
      { value: 300, impact: 7 },
    ]
    expect(sellable(200, odd).proceeds).toBeCloseTo(100, 12)
    expect(sellable(300, odd).proceeds).toBeGreaterThanOrEqual(100)
    expect(sellable(300, odd).proceeds).toBeLessThanOrEqual(150)
  })

  it('rises with the size, never faster than it, and is never more than all', () => {
    const points = fc
      .array(fc.tuple(fc.double({ min: 1, max: 500, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), {
        maxLength: 5,
      })
      .map((rows) => {
        let value = 0
        return rows.map(([step, impact]) => {
          value += step
          return { value, impact }
        })
      })
    const size = fc.double({ min: 0, max: 3000, noNaN: true })
    fc.assert(
      fc.property(points, size, size, (impact, from, extra) => {
        const [less, more] = [sellable(from, impact), sellable(from + extra, impact)]
        return (
          less.proceeds <= less.size + 1e-9 &&
          less.size <= from + 1e-9 &&
          more.proceeds >= less.proceeds - 1e-9 &&
          more.size >= less.size - 1e-9 &&
          more.proceeds - less.proceeds <= extra + 1e-9
        )
      }),
      { numRuns: propertyRuns(1500), seed: 2 },
    )
  })
})

describe('market', () => {
  const parameters = { ...NOTHING, market: { z: 2, detectDays: 1, slices: 1 } }
  const leaf = (volatility: number | null) =>
    holding({ class: { ...MAJOR, horizonDays: 2 }, haircut: { ...inputs, volatility } })

  it('is the quantile loss over detection and sale, at least the floor of the class', () => {
    // One slice holds everything for the whole horizon: 1 + 2 days.
    expect(marketDeduction(leaf(1.5), parameters)).toEqual({
      step: 'market',
      rule: 'volatility',
      haircut: 2 * 1.5 * Math.sqrt(3 / 365),
    })
    expect(marketDeduction(leaf(0.1), parameters)).toEqual({ step: 'market', rule: 'floor:major', haircut: 0.2 })
    expect(marketDeduction(leaf(null), parameters).haircut).toBe(0.2)
    expect(marketDeduction(leaf(50), parameters).haircut).toBe(1)
  })

  it('holds less of it in more slices', () => {
    const sliced = { ...parameters, market: { z: 2, detectDays: 1, slices: 4 } }
    const held = (5 * 9) / (6 * 16)
    expect(marketDeduction(leaf(3), sliced).haircut).toBeCloseTo(2 * 3 * Math.sqrt((1 + 2 * held) / 365), 12)
  })
})

describe('wrapper', () => {
  const leaf = (markPrice: number, redemptionPrice: number | null) =>
    holding({ class: MAJOR, markPrice, haircut: { ...inputs, redemptionPrice } })

  it('charges what the mark has not discounted yet', () => {
    expect(wrapperDeduction(leaf(1, null))).toEqual({ step: 'wrapper', rule: 'floor:major', haircut: 0.05 })
    expect(wrapperDeduction(leaf(1, 1)).haircut).toBe(0.05)
    expect(wrapperDeduction(leaf(1.1, 1)).haircut).toBe(0.05)
    expect(wrapperDeduction(leaf(0.97, 1))).toMatchObject({ rule: 'floor:major-discount' })
    expect(wrapperDeduction(leaf(0.97, 1)).haircut).toBeCloseTo(0.02, 12)
    expect(wrapperDeduction(leaf(1.94, 2)).haircut).toBeCloseTo(0.02, 12)
    expect(wrapperDeduction(leaf(0.9, 1)).haircut).toBe(0)
    expect(wrapperDeduction(leaf(0.9, 0)).haircut).toBe(0.05)
  })
})

describe('protocol, chain and oracle', () => {
  const leaf = (fields: Partial<typeof inputs>, bridge: 'native' | 'canonical' | 'bridged' = 'native') =>
    holding({ bridge, haircut: { ...inputs, ...fields } })

  it('charge the named tier, else the default, else everything', () => {
    expect(protocolDeduction(leaf({ protocolTier: 'new' }), EVERYTHING)).toEqual({
      step: 'protocol',
      rule: 'tier:new',
      haircut: 0.3,
    })
    expect(protocolDeduction(leaf({}), EVERYTHING)).toEqual({ step: 'protocol', rule: 'tier:blue', haircut: 0.02 })
    expect(protocolDeduction(leaf({ protocolTier: 'unheard' }), EVERYTHING).haircut).toBe(1)
    expect(protocolDeduction(leaf({ protocolTier: 'toString' }), EVERYTHING).haircut).toBe(1)
    expect(protocolDeduction(leaf({ protocolTier: 'none' }), EVERYTHING).haircut).toBe(0)
  })

  it('charge the chain and the bridge one after the other', () => {
    expect(chainDeduction(leaf({}), EVERYTHING)).toEqual({
      step: 'chain',
      rule: 'tier:one,bridge:native',
      haircut: 1 - 0.99,
    })
    expect(chainDeduction(leaf({ chainTier: 'two' }, 'bridged'), EVERYTHING).haircut).toBeCloseTo(1 - 0.9 * 0.95, 15)
    expect(chainDeduction(leaf({ chainTier: 'none' }, 'canonical'), EVERYTHING).haircut).toBeCloseTo(0.01, 15)
    expect(chainDeduction(leaf({ chainTier: 'unheard' }), EVERYTHING).haircut).toBe(1)
  })

  it('charge a single or unknown source, or a coarse feed', () => {
    const oracle = (oracleSources: number | null, oracleDeviation = 0) =>
      oracleDeduction(leaf({ oracleSources, oracleDeviation }), EVERYTHING)
    expect(oracle(1)).toEqual({ step: 'oracle', rule: 'singleSource', haircut: 0.03 })
    expect(oracle(null)).toEqual({ step: 'oracle', rule: 'singleSource', haircut: 0.03 })
    expect(oracle(2)).toEqual({ step: 'oracle', rule: 'none', haircut: 0 })
    expect(oracle(2, 0.01)).toEqual({ step: 'oracle', rule: 'deviation', haircut: 0.02 })
    expect(oracle(1, 0.01)).toEqual({ step: 'oracle', rule: 'singleSource', haircut: 0.03 })
    expect(oracle(1, 0.02)).toEqual({ step: 'oracle', rule: 'deviation', haircut: 0.04 })
    expect(oracle(1, 5).haircut).toBe(1)
  })
})

describe('size', () => {
  const sized = (base: number, retained = 1, fields: Parameters<typeof holding>[0] = {}): SizedLeaf => ({
    leaf: holding(fields),
    base,
    retained,
  })
  const tiers = [
    { upTo: 100, ratio: 1 },
    { upTo: 200, ratio: 0.5 },
    { upTo: null, ratio: 0.1 },
  ]
  const byGroup: HaircutParameters = { ...NOTHING, riskGroupTiers: { ETH: tiers } }
  const counted = (leaves: readonly SizedLeaf[], parameters = byGroup) =>
    sizeDeductions(leaves, parameters).map(({ haircut }, index) => leaves[index]!.base * (1 - haircut))

  it('takes nothing without curve or tiers', () => {
    expect(sizeDeductions([sized(1e9), sized(0)], NOTHING)).toEqual([
      { step: 'size', rule: 'none', haircut: 0 },
      { step: 'size', rule: 'none', haircut: 0 },
    ])
  })

  it('takes nothing of dust beside a fortune in the same asset without a curve', () => {
    expect(sizeDeductions([sized(1e12, 1), sized(1e-6, 0.9)], NOTHING)[1]).toMatchObject({ haircut: 0 })
  })

  it('looks at the account’s total of a risk group', () => {
    expect(counted([sized(300)])[0]).toBeCloseTo(160, 12)
    expect(counted([sized(150), sized(150)])).toEqual([80, 80])
    expect(counted([sized(150), sized(150, 1, { riskGroup: 'BTC' })])).toEqual([125, 150])
    const [first] = sizeDeductions([sized(300)], byGroup)
    expect(first!.rule).toBe('tiers:riskGroup:ETH')
  })

  it('gives the first slices to what its other steps leave most of', () => {
    expect(counted([sized(150, 0.5), sized(150, 0.9)]).map((value) => Number(value.toFixed(9)))).toEqual([35, 125])
    expect(counted([sized(150, 0.9), sized(150, 0.5)]).map((value) => Number(value.toFixed(9)))).toEqual([125, 35])
  })

  it('shares between leaves whose equal haircuts were multiplied in another order', () => {
    const one = (1 - 0.09) * (1 - 0.15) * (1 - 0.1)
    const other = (1 - 0.09) * (1 - 0.1) * (1 - 0.15)
    expect(one).not.toBe(other)
    expect(counted([sized(150, one), sized(150, other)])).toEqual([80, 80])
  })

  it('counts tiers of an issuer over all its assets', () => {
    const parameters = { ...NOTHING, issuerTiers: { lido: tiers } }
    const two = [sized(150, 1, { issuer: 'lido' }), sized(150, 1, { issuer: 'lido', asset: 'stETH', riskGroup: 'X' })]
    expect(counted(two, parameters)).toEqual([80, 80])
    expect(sizeDeductions(two, parameters)[0]!.rule).toBe('tiers:issuer:lido')
    expect(counted([sized(300, 1, { issuer: 'toString' })], parameters)).toEqual([300])
  })

  it('charges impact on the account’s total of an asset', () => {
    const impact = [
      { value: 100, impact: 0.1 },
      { value: 200, impact: 0.4 },
    ]
    const leaf = { haircut: { ...inputs, impact } }
    expect(counted([sized(150, 1, leaf)], NOTHING)[0]).toBeCloseTo(112.5, 12)
    expect(
      counted([sized(75, 1, leaf), sized(75, 1, { ...leaf, chain: 'beta' })], NOTHING).map((v) => v.toFixed(9)),
    ).toEqual(['56.250000000', '56.250000000'])
    expect(sizeDeductions([sized(150, 1, leaf)], NOTHING)[0]!.rule).toBe('impact')
    expect(counted([sized(100, 0.9, leaf), sized(50, 0.8, leaf)], NOTHING)[0]).toBeCloseTo(90, 12)
    expect(counted([sized(100, 0.9, leaf), sized(50, 0.8, leaf)], NOTHING)[1]).toBeCloseTo(22.5, 12)
  })

  it('charges the larger of impact and tiers, not both', () => {
    const mild = { haircut: { ...inputs, impact: [{ value: 1000, impact: 0.1 }] } }
    expect(counted([sized(300, 1, mild)])[0]).toBeCloseTo(160, 12)
    const severe = { haircut: { ...inputs, impact: [{ value: 300, impact: 0.5 }] } }
    expect(counted([sized(300, 1, severe)])[0]).toBeCloseTo(150, 12)
    expect(sizeDeductions([sized(300, 1, severe)], byGroup)[0]!.rule).toBe('impact')
    expect(sizeDeductions([sized(300, 1, mild)], byGroup)[0]!.rule).toBe('tiers:riskGroup:ETH')
  })

  it('gives no room in the tiers to what cannot be sold', () => {
    const unsellable = { asset: 'junk', haircut: { ...inputs, impact: [{ value: 1, impact: 1 }] } }
    expect(counted([sized(1000, 1, unsellable), sized(150, 0.9)])[1]).toBeLessThan(126)
  })

  it('never lowers the credit when collateral is added, and never exceeds what there is', () => {
    const curves = [
      [],
      [
        { value: 50, impact: 0.02 },
        { value: 300, impact: 0.5 },
      ],
      [{ value: 400, impact: 0.3 }],
    ]
    const row = fc.record({
      base: fc.double({ min: 0, max: 400, noNaN: true }),
      retained: fc.constantFrom(0, 0.3, 0.5, 0.8, 0.95, 1),
      asset: fc.nat(2),
      riskGroup: fc.constantFrom('ETH', 'BTC'),
    })
    const creditOf = (rows: readonly { base: number; retained: number; asset: number; riskGroup: string }[]) => {
      const leaves = rows.map(({ base, retained, asset, riskGroup }) =>
        sized(base, retained, {
          asset: `${riskGroup}${asset}`,
          riskGroup,
          issuer: null,
          haircut: { ...inputs, impact: curves[asset]! },
        }),
      )
      const found = sizeDeductions(leaves, byGroup)
      return found.reduce(
        (sum, { haircut }, index) => sum + leaves[index]!.base * (1 - haircut) * leaves[index]!.retained,
        0,
      )
    }
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), row, fc.nat(5), (rows, extra, which) => {
        const before = creditOf(rows)
        const added = creditOf([...rows, extra])
        const grown = creditOf(
          rows.map((entry, index) =>
            index === which % rows.length ? { ...entry, base: entry.base + extra.base } : entry,
          ),
        )
        const most = rows.reduce((sum, { base, retained }) => sum + base * retained, 0)
        return added >= before - 1e-7 && grown >= before - 1e-7 && before <= most + 1e-7 && before >= 0
      }),
      { numRuns: propertyRuns(3000), seed: 6 },
    )
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
        const split = rows.flatMap((entry) => [
          { ...entry, base: entry.base * 0.25 },
          { ...entry, base: entry.base * 0.75 },
        ])
        const reversed = [...split].reverse()
        const whole = creditOf(rows)
        return Math.abs(creditOf(split) - whole) <= 1e-7 && Math.abs(creditOf(reversed) - whole) <= 1e-7
      }),
      { numRuns: propertyRuns(1500), seed: 6 },
    )
  })
})

describe('cap', () => {
  const credited = (credit: number, fields: Parameters<typeof holding>[0] = {}) => ({ leaf: holding(fields), credit })
  const capped = (
    caps: Partial<typeof NOTHING.caps>,
    leaves: ReturnType<typeof credited>[],
    book?: Record<string, number>,
  ) =>
    capDeductions(leaves, { ...NOTHING, caps: { ...NOTHING.caps, ...caps } }, book).map(({ haircut, rule }) => [
      Number(haircut.toFixed(12)),
      rule,
    ])

  it('takes nothing below its limits', () => {
    expect(capped({}, [credited(1e12)])).toEqual([[0, 'none']])
    expect(capped({ account: 100 }, [credited(60), credited(40)])).toEqual([
      [0, 'none'],
      [0, 'none'],
    ])
    expect(capped({ account: 100 }, [])).toEqual([])
  })

  it('cuts pro rata per asset and chain, asset over the book, and account', () => {
    const alpha = { chain: 'alpha' }
    expect(
      capped({ assetChain: { 'WETH:alpha': 50 } }, [
        credited(60, alpha),
        credited(40, alpha),
        credited(70, { chain: 'beta' }),
      ]),
    ).toEqual([
      [0.5, 'assetChain:WETH:alpha'],
      [0.5, 'assetChain:WETH:alpha'],
      [0, 'none'],
    ])
    expect(capped({ assetChain: { 'WETH:': 50 } }, [credited(100)])).toEqual([[0.5, 'assetChain:WETH:']])
    expect(capped({ account: 25 }, [credited(60), credited(40, { asset: 'X' })])).toEqual([
      [0.75, 'account'],
      [0.75, 'account'],
    ])
    expect(capped({ global: { WETH: 40 } }, [credited(60), credited(100), credited(10, { asset: 'X' })])).toEqual([
      [0.75, 'global:WETH'],
      [0.75, 'global:WETH'],
      [0, 'none'],
    ])
    expect(capped({ global: { WETH: 40 } }, [credited(20)], { WETH: 160 })).toEqual([[0.75, 'global:WETH']])
    expect(capped({ global: { WETH: 40 } }, [credited(20)], { WETH: 5 })).toEqual([[0, 'none']])
    expect(capped({ global: { WETH: 40 } }, [credited(20)], {})).toEqual([[0, 'none']])
  })

  it('applies one after the other and names the tightest', () => {
    const leaves = [credited(100, { chain: 'alpha' }), credited(100, { chain: 'beta' })]
    expect(capped({ assetChain: { 'WETH:alpha': 80 }, account: 90 }, leaves)).toEqual([
      [0.6, 'account'],
      [0.5, 'account'],
    ])
    expect(capped({ assetChain: { 'WETH:alpha': 10 }, account: 100 }, leaves)[0]![1]).toBe('assetChain:WETH:alpha')
    expect(capped({ global: { WETH: 150 }, assetChain: { 'WETH:alpha': 50 } }, leaves)).toEqual([
      [0.5, 'assetChain:WETH:alpha'],
      [0, 'none'],
    ])
    expect(capped({ account: 0 }, leaves)[0]![0]).toBe(1)
  })
})

describe('mergeDeductions', () => {
  const chain = (...haircuts: number[]) =>
    haircuts.map((haircut, step) => ({ step: `s${step}`, rule: `r${haircut}`, haircut }))

  it('weights each step by what is left of the parts', () => {
    const merged = mergeDeductions([chain(0.5, 0.2), chain(0, 0.4)], [100, 300])
    expect(merged[0]).toEqual({ step: 's0', rule: 'r0.5 + r0', haircut: 0.125 })
    expect(merged[1]!.haircut).toBeCloseTo((50 * 0.2 + 300 * 0.4) / 350, 12)
    const product = (1 - merged[0]!.haircut) * (1 - merged[1]!.haircut)
    expect(product).toBeCloseTo((100 * 0.5 * 0.8 + 300 * 0.6) / 400, 12)
  })

  it('names each rule once, and only of parts with weight', () => {
    expect(mergeDeductions([chain(0.5), chain(0.5), chain(0.9)], [1, 1, 0])[0]).toEqual({
      step: 's0',
      rule: 'r0.5',
      haircut: 0.5,
    })
  })

  it('counts parts alike without any weight, and survives a total loss', () => {
    expect(mergeDeductions([chain(0.2), chain(0.4)], [0, 0])[0]!.haircut).toBeCloseTo(0.3, 12)
    expect(mergeDeductions([chain(1, 0.4)], [5])[1]).toEqual({ step: 's1', rule: 'none', haircut: 0 })
    expect(mergeDeductions([], [])).toEqual([])
  })
})
