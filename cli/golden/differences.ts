import { isDeepStrictEqual } from 'node:util'
import type { LookThroughAnswer } from './goldenFile'

/** Parts of an answer that are stated and differ; the order of a list is no part of it. */
export function differences(actual: Required<LookThroughAnswer>, expected: LookThroughAnswer): readonly string[] {
  return Object.entries(expected)
    .filter(([part, stated]) => !isDeepStrictEqual(ordered(actual[part as keyof LookThroughAnswer]), ordered(stated)))
    .map(
      ([part, stated]) =>
        `/${part}: ${JSON.stringify(actual[part as keyof LookThroughAnswer])}, expected ${JSON.stringify(stated)}`,
    )
}

function ordered(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  return value
    .map((entry) => ({ entry, key: JSON.stringify(Object.entries(entry).sort()) }))
    .sort((one, other) => (one.key < other.key ? -1 : 1))
}
