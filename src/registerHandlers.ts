import { handlers } from './protocols/handlers'
import { sourcesOf } from './protocols/sourcesOf'
import { withSpareSource } from './protocols/withSpareSource'
import type { Registration } from './runtime/facts'
import { indexer } from './runtime/indexer'

/** What Ponder gives to register handlers with. Typed here, because its own declaration is in a file it generates and rewrites. */
export type Registry = { on(name: string, handler: Registration['handler']): void }

/** Registers the handlers of everything this chain has. */
export function registerHandlers(ponder: Registry): void {
  const handled = handlers.map(({ name }) => name)
  const { contracts, blocks } = withSpareSource(sourcesOf(indexer.resolved), handled)
  for (const { name, handler } of handlers) {
    const source = name.slice(0, name.indexOf(':'))
    // Ponder refuses handlers of contracts it does not know.
    if (source in contracts || source in blocks) ponder.on(name, handler)
  }
}
