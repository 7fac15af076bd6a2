import { eventHandlers } from './events'
import { watchHandlers } from './watch'

export const compoundV3Handlers = [...eventHandlers, ...watchHandlers]
