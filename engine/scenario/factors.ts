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
  /** Rows which the account holds, owes or trades; the others are only known to the market. */
  readonly used: ReadonlySet<number>
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
export function collectFactors({ market, holdings, units, instruments, cash }: Portfolio): Factors {
  const found = new Map<string, Factor>()
  const add = ({ asset, riskGroup, className, class: assetClass }: Factor) => {
    const factor = { asset, riskGroup, className, class: assetClass }
    found.set(factorKey(factor), factor)
  }
  for (const factor of market.assets.values()) add(factor)
  const traded = [...instruments.map(({ underlying }) => underlying), ...cash.map(({ asset }) => asset)]
  const own: readonly Factor[] = [
    ...holdings,
    ...units.flatMap(({ collateral, debt }) => [...collateral, ...debt]),
    ...traded.flatMap((asset) => market.assets.get(asset) ?? []),
  ]
  own.forEach(add)
  const keys = [...found.keys()].sort()
  const rows = new Map(keys.map((key, row) => [key, row]))
  return {
    list: keys.map((key) => found.get(key) as Factor),
    rows,
    used: new Set(own.map((factor) => rows.get(factorKey(factor)) as number)),
  }
}
