/** Sensitivities in USD: `delta` per 1.00 of spot, `gamma` per 1.00², `vega` per 1.00 of volatility, `theta` per day. */
export interface Greeks {
  readonly delta: number
  readonly gamma: number
  readonly vega: number
  readonly theta: number
}

/** A European option in one market. Years of 365 days, rates continuously compounded, prices in USD per unit. */
export interface OptionState {
  readonly isCall: boolean
  readonly forward: number
  readonly strike: number
  readonly vol: number
  readonly timeToExpiry: number
  readonly rate: number
  /** The price that `delta` and `gamma` refer to; the forward is taken to move in proportion to it. */
  readonly spot: number
}
