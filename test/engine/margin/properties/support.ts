import type { MarginInput, MarginReport } from '../../../../engine/types'
import { propertyRuns } from '../../propertyRuns'

export const RUNS = { numRuns: propertyRuns(1000), seed: 20_261_121 }
export const TIMEOUT = 240_000

/** Float64 noise at the scale of an account. */
export function noise(...reports: readonly MarginReport[]): number {
  const figures = reports.flatMap((report) => [
    report.marginBalance,
    report.initialMargin,
    report.grossCollateralValue,
    report.debtValue,
    report.recourseDebt,
    ...report.positions.map((row) => row.marketValue),
    ...report.positions.map((row) => row.unrealizedPnl),
    ...report.scenarios.map((row) => row.pnl),
  ])
  return 1e-6 + 1e-9 * Math.max(...figures.map(Math.abs))
}

/** A market, and nobody in it. */
export const base: MarginInput = {
  model: 'portfolio',
  at: 1_790_000_000,
  marketData: {
    assets: {
      BTC: { indexPrice: 60_000, class: 'BTC' },
      ETH: { indexPrice: 2_500, class: 'ETH' },
      wstETH: { indexPrice: 2_950, class: 'LST', riskGroup: 'ETH' },
      SOL: { indexPrice: 150, class: 'largeAlt' },
      USDC: { indexPrice: 1, class: 'majorStable' },
      DAI: { indexPrice: 0.999, class: 'minorStable' },
    },
  },
}
