import type { Reference } from '../facts'
import { inCanonicalOrder } from './canonical'

const ordered = new WeakMap<Reference, Reference>()

/** A reference with its keys in canonical order; the same object for the same one, which is a whole configuration. */
export function orderedReference(reference: Reference): Reference {
  const known = ordered.get(reference)
  if (known !== undefined) return known
  const sorted = inCanonicalOrder(reference)
  ordered.set(reference, sorted)
  return sorted
}
