import { UnknownReferenceError } from '../errors'
import { shippedParameters } from '../parameters/shippedParameters'
import type { ParameterSet } from '../types'
import { mergePatch } from './mergePatch'
import { readParameters } from './readParameters'
import { child } from './schema'

function shipped(id: unknown, pointer: string): ParameterSet {
  const found = typeof id === 'string' ? shippedParameters.get(id) : undefined
  if (found === undefined) throw new UnknownReferenceError(pointer, 'parameter set')
  return found
}

/** Resolves `parameters`: an id, a whole set, or `{extends: id, …}` with the fields that differ (a JSON merge patch). */
export function resolveParameters(value: unknown, pointer: string): ParameterSet {
  if (typeof value === 'string') return shipped(value, pointer)
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, 'extends')) {
    const { extends: base, ...patch } = value as Record<string, unknown>
    return readParameters(mergePatch(shipped(base, child(pointer, 'extends')), patch), pointer)
  }
  return readParameters(value, pointer)
}
