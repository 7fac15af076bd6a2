/** A parsed JSON object. */
export type Json = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object at a key, or an empty one. */
export function objectAt(source: Json, key: string): Json {
  const value = source[key]
  return isObject(value) ? value : {}
}

/** The list at a key, or an empty one. */
export function listAt(source: Json, key: string): readonly unknown[] {
  const value = source[key]
  return Array.isArray(value) ? value : []
}

/** The objects of the list at a key. */
export function objectsAt(source: Json, key: string): readonly Json[] {
  return listAt(source, key).filter(isObject)
}

/** The number at a key; NaN when there is none, so that whatever rests on it fails. */
export function numberAt(source: Json, key: string): number {
  const value = source[key]
  return typeof value === 'number' ? value : Number.NaN
}
