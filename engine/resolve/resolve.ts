import type { Portfolio } from '../types'
import { readInput } from './readInput'
import { resolveAccount } from './resolveAccount'
import { resolveTick } from './resolveTick'

/**
 * Turns the stored form into the form the engine computes with: the one conversion to float64, every reference looked up,
 * every list sorted by id.
 * @throws EngineError naming the JSON pointer of what is wrong or missing.
 */
export function resolve(input: unknown): Portfolio {
  const read = readInput(input, '')
  return resolveAccount(read, resolveTick(read))
}
