/**
 * Marginal charge for holding `exposure` Q of one thing when `threshold` T of it can be sold unnoticed, USD:
 *
 *   ∫₀^Q min(1, h·√max(1, q/T)) dq − h·Q,   h = `floor`, the haircut the first USD bears anyway.
 *
 * Up to T the integrand is h and the charge 0. From T to q* = T/h² it is h·√(q/T), whose integral is
 * ⅔·h·(Q·√(Q/T) − T); beyond q* every further USD is charged whole. The integrand never exceeds 1, so Q less haircut and charge
 * never falls as Q grows. Nothing can be sold unnoticed at T = 0: the charge is then all that the haircut leaves.
 */
export function concentrationCharge(exposure: number, threshold: number, floor: number): number {
  return chargedUpTo(exposure, threshold, floor) - floor * Math.max(0, exposure)
}

/** ∫₀^Q min(1, h·√max(1, q/T)) dq in closed form; 0 for Q ≤ 0. */
export function chargedUpTo(exposure: number, threshold: number, floor: number): number {
  if (exposure <= 0 || floor <= 0) return 0
  if (exposure <= threshold) return Math.min(1, floor) * exposure
  const saturation = threshold / (floor * floor)
  if (floor >= 1 || !(saturation > 0)) return exposure
  const rising = Math.min(exposure, saturation)
  const integral = floor * threshold + (2 / 3) * floor * (rising * Math.sqrt(rising / threshold) - threshold)
  return integral + (exposure - rising)
}
