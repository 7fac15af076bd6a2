import type { Drift } from '../simulator/types'

/** A figure that is not what the contracts say, in one line. */
export function describeDrift({ chain, block, account, figure, expected, actual }: Drift): string {
  return `${chain} block ${block} ${account ?? ''} ${figure}: expected ${expected}, got ${actual}`
}
