import { numeric } from './schema'

/**
 * Bounds of every number that enters. They are far beyond any real figure and exist so that no product, square or quotient
 * of accepted inputs can leave the float64 range: the engine never has to test for NaN or Infinity afterwards.
 */
export const quantity = numeric(0, 1e30)
export const signedQuantity = numeric(-1e30, 1e30)
export const price = numeric(0, 1e15)
export const positivePrice = numeric(1e-18, 1e15)
export const usd = numeric(-1e30, 1e30)
export const positiveUsd = numeric(0, 1e30)
export const fraction = numeric(0, 1)
export const rate = numeric(0, 100)
export const signedRate = numeric(-100, 100)
export const volatility = numeric(0, 1e4)
export const simpleReturn = numeric(-1, 1e3)
export const days = numeric(0, 36_500)
export const factor = numeric(0, 1e3)
export const shockFactor = numeric(1, 10)
export const incentive = numeric(1, 2)
