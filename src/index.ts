/** Ponder's entry: registers the handlers of everything this chain has. */
import { handlers } from './protocols/handlers'
import { sourcesOf } from './protocols/sourcesOf'
import type { Registration } from './runtime/facts'
import { indexer } from './runtime/indexer'

type Registry = { readonly ponder: { on(name: string, handler: Registration['handler']): void } }

// Typed here, because Ponder's own declaration of the module is in a file it generates and rewrites.
const { ponder }: Registry = await import('ponder:registry' as string)

const { contracts, blocks } = sourcesOf(indexer.resolved)
for (const { name, handler } of handlers) {
  const source = name.slice(0, name.indexOf(':'))
  // Ponder refuses handlers of contracts it does not know.
  if (source in contracts || source in blocks) ponder.on(name, handler)
}
