import { plainHandlers } from './plain'
import { rebasingHandlers } from './rebasing'

export const walletHandlers = [...plainHandlers, ...rebasingHandlers]
