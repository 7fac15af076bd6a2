import type { Tick, TickInput } from '../types'
import { readTick } from './readInput'
import { resolveTick } from './resolveTick'

/**
 * Reads a market once, for the figures of any number of accounts by `marginAt`. What the first account makes the engine compute (risk
 * arrays, rescaled returns) is kept and serves all others.
 *
 * @throws EngineError with the JSON pointer of what is missing, unknown, of the wrong type or out of bounds.
 */
export function prepareTick(input: TickInput): Tick {
  return resolveTick(readTick(input, ''))
}
