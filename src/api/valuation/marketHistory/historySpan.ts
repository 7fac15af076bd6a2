import { breakerMemory } from '../../../../engine/measures/breaker/breakerMemory'
import { resolveParameters } from '../../../../engine/resolve/resolveParameters'
import type { HistorySpan } from '../../read/priceHistory/types'

/**
 * How much of the past a parameter set asks for; `null` when none.
 * @throws EngineError when the parameters cannot be used.
 */
export function historySpan(parameters: string | object): HistorySpan | null {
  const { marketHistory } = resolveParameters(parameters, '/parameters')
  if (marketHistory === null) return null
  return { days: marketHistory.windowDays, answersSeconds: breakerMemory(marketHistory.breaker) }
}
