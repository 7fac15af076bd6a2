import { binomialCdf } from './binomialCdf'

export type Zone = 'green' | 'yellow' | 'red'

export interface TrafficLight {
  readonly zone: Zone
  /** Probability of this many exceptions or fewer if the VaR is right. */
  readonly cumulativeProbability: number
}

const YELLOW_FROM = 0.95
const RED_FROM = 0.9999

/**
 * Zone of the Basel supervisory framework (BCBS 1996; MAR99): yellow from a cumulative probability of 95 %, red from 99.99 %. For 250 days and a 99 % VaR
 * green is 0–4 exceptions, yellow 5–9, red 10 and more.
 *
 * @param observations days tested, ≥ 1
 * @param exceptions 0 … observations
 * @param probability promised rate, default 0.01
 * @throws BadTypeError, OutOfRangeError
 */
export function trafficLight(observations: number, exceptions: number, probability = 0.01): TrafficLight {
  const cumulativeProbability = binomialCdf(exceptions, observations, probability)
  const zone = cumulativeProbability >= RED_FROM ? 'red' : cumulativeProbability >= YELLOW_FROM ? 'yellow' : 'green'
  return { zone, cumulativeProbability }
}
