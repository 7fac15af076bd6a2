import type { Greeks } from './types'

/** Greeks of spot, a linear perpetual or a linear future: delta is the signed quantity in units, the rest is 0. */
export function linearGreeks(quantity: number): Greeks {
  return { delta: quantity, gamma: 0, vega: 0, theta: 0 }
}
