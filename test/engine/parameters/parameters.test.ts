import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { shippedParameters } from '../../../engine/index'
import { readParameters } from '../../../engine/resolve/readParameters'
import type { ParameterSet } from '../../../engine/types'
import { parametersDocument, sourcedNumbers } from './parametersDocument'

const house = shippedParameters.get('house-1') as ParameterSet

function changed(patch: (draft: Record<string, never>) => void): unknown {
  const draft = structuredClone(house) as unknown as Record<string, never>
  patch(draft)
  return draft
}

describe('shipped parameter sets', () => {
  it.each([...shippedParameters.values()])('$id names a source for every number', (set) => {
    for (const { pointer, source } of sourcedNumbers(set)) expect(source, `${set.id} ${pointer}`).not.toBeNull()
  })

  it('are the page in docs', async () => {
    await expect(parametersDocument()).toMatchFileSnapshot('../../../docs/parameters.md')
  })

  it('hold the moves of the published crashes', () => {
    const published = JSON.parse(readFileSync('test/vectors/stress-scenarios.json', 'utf8')) as {
      scenarios: { id: string; moves: Record<string, [number, boolean]>; sources: string[] }[]
    }
    const names: Record<string, string> = { USDe_Binance: 'USDe', wBETH_Binance: 'wBETH' }
    const notPrices = ['avgAlt', 'top100', 'openInterest', 'stETH_ETH', 'stETH_ETH_low']
    for (const { id, moves, sources } of published.scenarios) {
      const ours = house.stress?.crashes.find((crash) => crash.id === id)
      expect(ours?.sources, id).toEqual(sources)
      const expected = Object.entries(moves)
        .filter(([factor]) => !notPrices.includes(factor))
        .map(([factor, [move, cited]]) => ({
          factor: names[factor] ?? factor,
          move,
          cited,
          venueOnly: factor.endsWith('_Binance'),
        }))
      expect(ours?.moves, id).toEqual(expected)
    }
  })

  it('have the numbers of methodology section 7', () => {
    const floors = Object.fromEntries(Object.entries(house.classes).map(([name, one]) => [name, one.haircutFloor]))
    expect(floors).toEqual({
      BTC: 0.2,
      ETH: 0.2,
      LST: 0.25,
      majorStable: 0.02,
      minorStable: 0.15,
      syntheticStable: 0.3,
      largeAlt: 0.35,
      vaultShare: 0.4,
    })
    const setOf = (name: string) => house.scenarioSets[name] as ParameterSet['scenarioSets'][string]
    const rangeOf = (name: string) =>
      Math.max(
        ...setOf(name)
          .scenarios.filter((one) => one.weight === 1)
          .map((one) => one.price - 1),
      )
    expect(rangeOf('BTC')).toBeCloseTo(0.18, 12)
    expect(rangeOf('ETH')).toBeCloseTo(0.2, 12)
    expect(rangeOf('majorStable')).toBeCloseTo(0.02, 12)
    expect(rangeOf('minorStable')).toBeCloseTo(0.06, 12)
    expect(rangeOf('largeAlt')).toBeCloseTo(0.3, 12)
    const weightOf = (name: string, move: number) =>
      setOf(name).scenarios.find((one) => Math.abs(one.price - 1 - move) < 1e-9 && one.ratio === 0)?.weight
    expect(weightOf('BTC', -0.33)).toBeCloseTo(0.42, 9)
    expect(weightOf('ETH', -0.66)).toBeCloseTo(0.21, 9)
    expect(weightOf('ETH', 4)).toBeCloseTo(0.03465, 9)
    expect(weightOf('majorStable', -0.123)).toBe(1)
    expect(weightOf('minorStable', -0.35)).toBe(1)
    expect(weightOf('largeAlt', -0.6)).toBeCloseTo(0.5, 9)
    expect(weightOf('largeAlt', 1)).toBeCloseTo(0.3, 9)
    expect(setOf('BTC').volShock.minimumShockedVol).toBe(0.45)
    expect(setOf('largeAlt').volShock.minimumShockedVol).toBe(0.7)
    expect(house.factors.maintenance).toBe(0.8)
    expect(house.lending.unwindCost).toBe(0.0045)
  })
})

describe('readParameters', () => {
  const refused: readonly (readonly [string, (draft: never) => void])[] = [
    ['/defaultClass', (draft: { defaultClass: string }) => (draft.defaultClass = 'none')],
    [
      '/classes/ETH/scenarioSet',
      (draft: { classes: { ETH: { scenarioSet: string } } }) => (draft.classes.ETH.scenarioSet = 'none'),
    ],
    [
      '/classes/ETH/haircutFloor',
      (draft: { classes: { ETH: { haircutFloor: number } } }) => (draft.classes.ETH.haircutFloor = 1.01),
    ],
    [
      '/classes/ETH/rateTiers/1',
      (draft: { classes: { ETH: { rateTiers: { notional: number }[] } } }) =>
        ((draft.classes.ETH.rateTiers[1] as { notional: number }).notional = 1),
    ],
    [
      '/classes/ETH/rateTiers/2',
      (draft: { classes: { ETH: { rateTiers: unknown[] } } }) =>
        draft.classes.ETH.rateTiers.splice(2, 1, { notional: 2e7, initial: 1, maintenance: 1 }),
    ],
    [
      '/classes/ETH/rateTiers/0/maintenance',
      (draft: { classes: { ETH: { rateTiers: { maintenance: number }[] } } }) =>
        ((draft.classes.ETH.rateTiers[0] as { maintenance: number }).maintenance = 0.06),
    ],
    [
      '/scenarioSets/ETH/scenarios',
      (draft: { scenarioSets: { ETH: { scenarios: { id: string }[] } } }) =>
        ((draft.scenarioSets.ETH.scenarios[1] as { id: string }).id = (
          draft.scenarioSets.ETH.scenarios[0] as { id: string }
        ).id),
    ],
    [
      '/scenarioSets/ETH/scenarios/0/price',
      (draft: { scenarioSets: { ETH: { scenarios: { price: number }[] } } }) =>
        ((draft.scenarioSets.ETH.scenarios[0] as { price: number }).price = -0.1),
    ],
    ['/factors/maintenance', (draft: { factors: { maintenance: number } }) => (draft.factors.maintenance = 1.1)],
    ['/statuses/warning', (draft: { statuses: { warning: number } }) => (draft.statuses.warning = 0.9)],
    [
      '/haircuts/defaultProtocolTier',
      (draft: { haircuts: { defaultProtocolTier: string } }) => (draft.haircuts.defaultProtocolTier = 'none'),
    ],
    [
      '/haircuts/defaultChainTier',
      (draft: { haircuts: { defaultChainTier: string } }) => (draft.haircuts.defaultChainTier = 'none'),
    ],
    [
      '/haircuts/riskGroupTiers/ETH/0',
      (draft: { haircuts: { riskGroupTiers: unknown } }) =>
        (draft.haircuts.riskGroupTiers = { ETH: [{ upTo: 5, ratio: 1 }] }),
    ],
    [
      '/haircuts/issuerTiers/X/0',
      (draft: { haircuts: { issuerTiers: unknown } }) =>
        (draft.haircuts.issuerTiers = {
          X: [
            { upTo: null, ratio: 1 },
            { upTo: null, ratio: 1 },
          ],
        }),
    ],
    ['/charges/0/kind', (draft: { charges: unknown[] }) => draft.charges.unshift({ kind: 'none' })],
    [
      '/charges/0/maintenance',
      (draft: { charges: unknown[] }) =>
        draft.charges.unshift({ kind: 'perpStatic', place: 'outside', initial: 0.1, maintenance: 0.2 }),
    ],
    [
      '/charges/0/tiers/1',
      (draft: { charges: unknown[] }) =>
        draft.charges.unshift({
          kind: 'minimumCharge',
          place: 'floor',
          rate: 1,
          tiers: [
            { upTo: 2, multiplier: 1 },
            { upTo: 1, multiplier: 1 },
          ],
        }),
    ],
    [
      '/correlationFloors/0/between',
      (draft: { correlationFloors: { between: string[] }[] }) =>
        (draft.correlationFloors[0] as { between: string[] }).between.pop(),
    ],
    ['/extra', (draft: { extra: number }) => (draft.extra = 1)],
    ['/joint/confidence', (draft: { joint: { confidence: number } }) => (draft.joint.confidence = 1)],
  ]

  it.each(refused)('refuses a wrong %s', (pointer, patch) => {
    const draft = changed((target) => {
      patch(target as never)
    })
    expect(() => readParameters(draft, '')).toThrow(expect.objectContaining({ pointer }))
  })

  it('lets published sets be as they are', () => {
    const draft = changed((target) => {
      Object.assign(target, { initialCoversMaintenance: false, factors: { initial: 0.5, maintenance: 0.9, peg: null } })
    })
    expect(readParameters(draft, '').factors.maintenance).toBe(0.9)
  })
})
