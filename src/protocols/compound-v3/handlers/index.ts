import { beforeHandlers } from './before'
import { eventHandlers } from './events'
import { watchHandlers } from './watch'

export const compoundV3Handlers = [...beforeHandlers, ...eventHandlers, ...watchHandlers]
