import type { ResolvedHaircutInputs } from '../types/portfolio'

/** The most that selling can bring in, and the smallest size that brings it, USD. */
export interface Sellable {
  readonly proceeds: number
  readonly size: number
}

/**
 * Largest proceeds from selling at most `size` USD along an impact curve: average impact, linear between its points from (0, 0)
 * on, never falling with size. Nothing beyond the last point can be sold within the horizon. Nobody has to sell all
 * of it, so the proceeds never fall with the size: size·(1 − impact) is followed up to its peak. Without a curve all of it counts.
 */
export function sellable(size: number, curve: ResolvedHaircutInputs['impact']): Sellable {
  if (curve.length === 0) return { proceeds: size, size }
  let best: Sellable = { proceeds: 0, size: 0 }
  let from = 0
  let impact = 0
  for (const point of curve) {
    if (from >= size) break
    const next = Math.min(1, Math.max(impact, point.impact))
    const slope = (next - impact) / (point.value - from)
    const end = Math.min(size, point.value)
    // q·(1 − impact − slope·(q − from)) is a parabola in q; its peak, kept within the segment.
    const peak = slope > 0 ? Math.min(end, Math.max(from, (1 - impact + slope * from) / (2 * slope))) : end
    const proceeds = peak * (1 - impact - slope * (peak - from))
    if (proceeds > best.proceeds) best = { proceeds, size: peak }
    from = point.value
    impact = next
  }
  return best
}
