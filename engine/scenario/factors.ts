import type { AssetClass, Portfolio, ResolvedMarket } from '../types'

/** One asset whose price a scenario moves. */
export interface Factor {
  readonly asset: string
  readonly riskGroup: string
  readonly className: string
  readonly class: AssetClass
}

/** Every asset of a portfolio, by key, in a fixed order: the rows of all shock matrices. */
export interface Factors {
  readonly list: readonly Factor[]
  readonly rows: ReadonlyMap<string, number>
}

/** One asset may stand in two groups or classes when rows of the input say so; each is its own factor. */
export function factorKey(factor: Pick<Factor, 'asset' | 'riskGroup' | 'className'>): string {
  return JSON.stringify([factor.asset, factor.riskGroup, factor.className])
}

/** Row of an asset in the shock matrices. */
export function rowOf(factors: Factors, factor: Pick<Factor, 'asset' | 'riskGroup' | 'className'>): number {
  return factors.rows.get(factorKey(factor)) as number
}

/** Row of an underlying of the market data. */
export function underlyingRow(factors: Factors, market: ResolvedMarket, asset: string): number {
  return rowOf(factors, market.assets.get(asset) as Factor)
}

/** Collects the factors of a portfolio. */
export function collectFactors(portfolio: Portfolio): Factors {
  const found = new Map<string, Factor>()
  const add = ({ asset, riskGroup, className, class: assetClass }: Factor) => {
    const factor = { asset, riskGroup, className, class: assetClass }
    found.set(factorKey(factor), factor)
  }
  for (const factor of portfolio.market.assets.values()) add(factor)
  for (const holding of portfolio.holdings) add(holding)
  for (const unit of portfolio.units) {
    for (const leg of unit.collateral) add(leg)
    for (const leg of unit.debt) add(leg)
  }
  const keys = [...found.keys()].sort()
  return {
    list: keys.map((key) => found.get(key) as Factor),
    rows: new Map(keys.map((key, row) => [key, row])),
  }
}
