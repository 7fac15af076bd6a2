import type { Book } from './computeBook'
import type { CutWithSchemas } from './read/loadEvidence'

/** The newest cut of each tier, and one that somebody looks back at. */
const most = 4

/**
 * Keeps the last books. A book follows from its blocks alone: while the newest cut stays the same, every chain's rows come from the same
 * schema, and nothing else is distrusted, nobody's collateral is added up again.
 */
export function rememberBooks(): (basis: CutWithSchemas, compute: () => Promise<Book>) => Promise<Book> {
  let kept: readonly { readonly key: string; readonly book: Book }[] = []
  return async ({ cut, schemas, quarantines }, compute) => {
    const key = JSON.stringify([cut, [...schemas].sort(), [...quarantines].sort()])
    const known = kept.find((one) => one.key === key)
    const book = known?.book ?? (await compute())
    kept = [{ key, book }, ...kept.filter((one) => one.key !== key)].slice(0, most)
    return book
  }
}
