import { checkInteger, checkNotNegative } from '../checks'

export interface Exposure {
  /** Issuer, protocol, chain, oracle, curator or asset. */
  readonly key: string
  /** USD after look-through, ≥ 0. */
  readonly value: number
}

export interface ConcentrationShare extends Exposure {
  /** Of the total, in [0,1]. */
  readonly share: number
}

export interface Concentration {
  readonly total: number
  /** Herfindahl–Hirschman index Σ share², in (0,1]; `null` when the total is 0. */
  readonly herfindahl: number | null
  /** 1 ÷ herfindahl: as many equal exposures would be as concentrated; `null` when the total is 0. */
  readonly effectiveNumber: number | null
  /** The largest keys, largest first, ties by key; none when the total is 0. */
  readonly top: readonly ConcentrationShare[]
  /** Sum of the shares of `top`; `null` when the total is 0. */
  readonly topShare: number | null
}

/**
 * How concentrated exposures are on one axis. Rows with the same key are added up first.
 *
 * @param count how many of the largest keys to list, ≥ 1
 * @throws BadTypeError, OutOfRangeError
 */
export function concentration(exposures: readonly Exposure[], count = 5): Concentration {
  checkInteger('/count', count, 1)
  const sums = new Map<string, number>()
  exposures.forEach(({ key, value }, i) => {
    checkNotNegative(`/exposures/${i}/value`, value)
    sums.set(key, (sums.get(key) ?? 0) + value)
  })
  // Sorted before summing: the order of the rows must not reach the last bits of the figures.
  const ranked = [...sums].map(([key, value]) => ({ key, value })).sort(byValue)
  const total = ranked.reduce((sum, { value }) => sum + value, 0)
  if (total === 0) return { total, herfindahl: null, effectiveNumber: null, top: [], topShare: null }
  const shares = ranked.map((exposure) => ({ ...exposure, share: exposure.value / total }))
  const herfindahl = shares.reduce((sum, { share }) => sum + share * share, 0)
  const top = shares.slice(0, count)
  const topShare = Math.min(
    1,
    top.reduce((sum, { share }) => sum + share, 0),
  )
  return { total, herfindahl, effectiveNumber: 1 / herfindahl, top, topShare }
}

function byValue(a: Exposure, b: Exposure): number {
  return b.value - a.value || (a.key < b.key ? -1 : 1)
}
