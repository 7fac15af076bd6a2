import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { margin } from '../../../engine/index'
import type { AssetMarket, MarginInput, MarginReport } from '../../../engine/types'
import { propertyRuns } from '../propertyRuns'
import { AT, accountArbitrary, assets, holdingArbitrary, ordinarySize } from './arbitraries'

const RUNS = { numRuns: propertyRuns(100), seed: 20_261_122 }
const TIMEOUT = 240_000

type Factors = Readonly<Record<string, readonly [initial: number, maintenance: number]>>

/** Breakers tripped in any of the groups, at any point of their ramps. */
const factorsArbitrary: fc.Arbitrary<Factors> = fc
  .record({ BTC: oneFactor(), ETH: oneFactor(), SOL: oneFactor(), USDC: oneFactor(), DAI: oneFactor() })
  .map((factors) => ({ ...factors, wstETH: factors.ETH }))

function oneFactor(): fc.Arbitrary<readonly [number, number]> {
  return fc
    .tuple(fc.constantFrom(1, 1.1, 1.5, 3), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([initial, share]) => [initial, 1 + share * (initial - 1)])
}

function tripped(account: MarginInput, factors: Factors): MarginReport {
  const market = Object.entries(assets).map(([asset, given]): [string, AssetMarket] => {
    const [shockFactor, maintenanceShockFactor] = factors[asset]!
    return [asset, { ...given, shockFactor, maintenanceShockFactor }]
  })
  return margin({ ...account, marketData: { ...account.marketData, assets: Object.fromEntries(market) } })
}

/** Float64 noise at the scale of an account. */
function noise(...reports: readonly MarginReport[]): number {
  const figures = reports.flatMap(({ grossCollateralValue, scenarios, marginBalance }) => [
    grossCollateralValue,
    marginBalance,
    ...scenarios.map(({ pnl }) => pnl),
  ])
  return 1e-6 + 1e-9 * Math.max(...figures.map(Math.abs))
}

const withoutConcentration = {
  extends: 'house-1',
  charges: [{ kind: 'funding', place: 'outside', hours: 8, defaultRate: 0.0003, maintenance: 0 }],
}

describe('a tripped breaker', { timeout: TIMEOUT }, () => {
  it('never lowers IM or MM, and IM stays at or above MM', () => {
    fc.assert(
      fc.property(accountArbitrary(ordinarySize), factorsArbitrary, (account, factors) => {
        const [calm, shocked] = [margin(account), tripped(account, factors)]
        expect(shocked.initialMargin).toBeGreaterThanOrEqual(calm.initialMargin)
        expect(shocked.maintenanceMargin).toBeGreaterThanOrEqual(calm.maintenanceMargin)
        expect(shocked.initialMargin).toBeGreaterThanOrEqual(shocked.maintenanceMargin)
      }),
      RUNS,
    )
  })

  it('leaves the rows of the answer what the requirements are made of', () => {
    fc.assert(
      fc.property(accountArbitrary(ordinarySize), factorsArbitrary, (account, factors) => {
        const report = tripped(account, factors)
        const { scan, joint, stress, addOns } = report.components
        const charged = addOns.reduce((sum, { amount }) => sum + amount, 0)
        expect(Math.abs(Math.max(scan, joint ?? 0, stress) + charged - report.initialMargin)).toBeLessThanOrEqual(
          noise(report),
        )
        const attributed = report.attribution.reduce((sum, { amount }) => sum + amount, 0)
        expect(Math.abs(attributed - report.initialMargin)).toBeLessThanOrEqual(noise(report))
      }),
      RUNS,
    )
  })

  it('more collateral never lowers the balance minus either requirement', () => {
    fc.assert(
      fc.property(
        accountArbitrary(ordinarySize),
        holdingArbitrary('zz', ordinarySize),
        factorsArbitrary,
        (account, extra, factors) => {
          const before = tripped(account, factors)
          const after = tripped({ ...account, collateral: [...(account.collateral ?? []), extra] }, factors)
          for (const excess of ['excessInitialMargin', 'excessMaintenanceMargin'] as const)
            expect(after[excess]).toBeGreaterThanOrEqual(before[excess] - noise(before, after))
        },
      ),
      RUNS,
    )
  })

  it('costs nobody more together than apart where nothing is concentrated', () => {
    fc.assert(
      fc.property(
        accountArbitrary(ordinarySize, 'a'),
        accountArbitrary(ordinarySize, 'b'),
        factorsArbitrary,
        (one, other, factors) => {
          const merged: MarginInput = {
            ...one,
            collateral: [...(one.collateral ?? []), ...(other.collateral ?? [])],
            lendingUnits: [...(one.lendingUnits ?? []), ...(other.lendingUnits ?? [])],
            positions: [...(one.positions ?? []), ...(other.positions ?? [])],
          }
          const reports = [merged, one, other].map((account) =>
            tripped({ ...account, cash: 0, recourseDebt: 0, parameters: withoutConcentration }, factors),
          )
          const scans = reports.map(({ components }) => components.scan) as [number, number, number]
          expect(scans[0]).toBeLessThanOrEqual(scans[1] + scans[2] + noise(...reports))
        },
      ),
      RUNS,
    )
  })
})

/** Bitcoin far beyond what can be sold unnoticed, for the most part sold short as well: the scan has little to take, concentration has much. */
const hedged: MarginInput = {
  model: 'portfolio',
  at: AT,
  collateral: [{ id: 'bitcoin', asset: 'BTC', quantity: 4_000 }],
  positions: [{ id: 'short', kind: 'perp', underlying: 'BTC', quantity: -3_000, entryPrice: 60_000 }],
  marketData: { assets },
}

describe('regression: larger shocks leave less to be concentrated', () => {
  const factors = (initial: number, maintenance: number): Factors =>
    Object.fromEntries(Object.keys(assets).map((asset) => [asset, [initial, maintenance]]))

  it('MM and IM of a hedged, concentrated account do not fall when the breaker trips', () => {
    const calm = margin(hedged)
    expect(calm.components.addOns.find(({ kind }) => kind === 'concentration')?.amount).toBeGreaterThan(0)
    for (const [initial, maintenance] of [
      [1.5, 1],
      [1.5, 1.25],
      [1.5, 1.5],
    ] as const) {
      const shocked = tripped(hedged, factors(initial, maintenance))
      expect(shocked.maintenanceMargin).toBeGreaterThanOrEqual(calm.maintenanceMargin)
      expect(shocked.initialMargin).toBeGreaterThanOrEqual(calm.initialMargin)
    }
  })

  it('IM does not fall when the largest loss lies between two of the larger shocks', () => {
    // Three strikes make a loss at one price and none further away: 10 % up, which 1.5 times the shocks pass over.
    const option = (strike: number, quantity: number) => ({
      id: `call${strike}`,
      kind: 'option' as const,
      underlying: 'ETH',
      optionType: 'call' as const,
      strike,
      quantity,
      expiry: AT + 60,
    })
    const butterfly: MarginInput = {
      model: 'portfolio',
      at: AT,
      marketData: { assets },
      positions: [option(2_600, -1_000), option(2_750, 2_000), option(2_900, -1_000)],
    }
    for (const factor of [1.1, 1.2, 1.35, 1.5])
      expect(tripped(butterfly, factors(factor, factor)).initialMargin).toBeGreaterThanOrEqual(
        margin(butterfly).initialMargin,
      )
  })
})
