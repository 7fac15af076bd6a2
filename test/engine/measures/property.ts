import fc from 'fast-check'
import { propertyRuns } from '../propertyRuns'

/** Cases per property. */
export const runs = { numRuns: propertyRuns(1000) } as const

/** Finite numbers of every size that a P&L or a return can have, with exact ties and zeros. */
export const amounts = fc.oneof(
  fc.double({ min: -1e9, max: 1e9, noNaN: true }),
  fc.integer({ min: -5, max: 5 }),
  fc.double({ min: -1e-6, max: 1e-6, noNaN: true }),
)

export const levels = fc.oneof(
  fc.constantFrom(0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.999),
  fc.double({ min: 0.01, max: 0.999, noNaN: true }),
)

/** |a − b| relative to the larger of 1 and their sizes. */
export function gap(a: number, b: number): number {
  return Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b))
}
