import type { Tick } from '../types'
import type { ReadTick } from './readInput'
import { resolveMarket } from './resolveMarket'
import { resolveParameters } from './resolveParameters'

/** Looks up the parameter set and the market; nothing is computed yet. */
export function resolveTick({ at, marketData, parameters: given }: ReadTick): Tick {
  const parameters = resolveParameters(given, '/parameters')
  const market = resolveMarket(marketData, parameters, at, '/marketData')
  return { at, market, parameters, memory: { riskArrays: new Map(), filteredReturns: new Map() } }
}
