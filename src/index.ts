/** Ponder's entry. It is read through vite at every start, so all that can be loaded without it is behind `registerHandlers`. */
import { type Registry, registerHandlers } from './registerHandlers'

const { ponder }: { readonly ponder: Registry } = await import('ponder:registry' as string)

registerHandlers(ponder)
