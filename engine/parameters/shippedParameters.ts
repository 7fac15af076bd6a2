import { readParameters } from '../resolve/readParameters'
import type { ParameterSet } from '../types'
import { derivePmrm2 } from './derivePmrm2'
import { house1 } from './house1'
import { okx } from './okx'
import { paradex } from './paradex'
import { span16 } from './span16'

/** Every shipped parameter set by id, each validated like one that arrives from outside. */
export const shippedParameters: ReadonlyMap<string, ParameterSet> = new Map(
  [house1, derivePmrm2, paradex, okx, span16].map((set) => [set.id, readParameters(set, `/${set.id}`)]),
)
