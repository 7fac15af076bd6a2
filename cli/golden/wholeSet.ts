import { type ParameterSet, shippedParameters } from '../../engine/index'
import type { GoldenParameters } from './goldenFile'

/** `house-1` with the parts of a case in place of its own; a class keeps what the case does not state. */
export function wholeSet(parts: GoldenParameters): ParameterSet {
  const house = shippedParameters.get('house-1')!
  const classes = Object.fromEntries(
    Object.entries(parts.classes).map(([name, stated]) => [name, { ...house.classes[name]!, ...stated }]),
  )
  return { ...house, id: 'golden', version: 'golden', sources: { '': 'assumption' }, ...parts, classes }
}
