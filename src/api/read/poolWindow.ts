/** Seconds over which the price of a pool is averaged. */
export const poolWindowSeconds = 1_800

/** Ticks to either side of a pool's price that are read: as far as its price halves or doubles. */
export const poolReachTicks = 6_932
