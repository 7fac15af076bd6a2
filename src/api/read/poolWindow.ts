/** Seconds over which the price of a pool is averaged. */
export const poolWindowSeconds = 1_800
