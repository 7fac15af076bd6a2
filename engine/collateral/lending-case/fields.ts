import { BadTypeError, OutOfRangeError } from '../../errors'

export type Json = Readonly<Record<string, unknown>>

/** The object at a pointer. */
export function objectAt(value: unknown, pointer: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadTypeError(pointer, 'an object')
  return value as Json
}

/** The first of several names for a field that is present, with its pointer. */
export function firstOf(row: Json, names: readonly string[], pointer: string): { value: unknown; pointer: string } {
  const name = names.find((candidate) => row[candidate] !== undefined && row[candidate] !== null)
  return name === undefined
    ? { value: undefined, pointer: `${pointer}/${names[0]}` }
    : { value: row[name], pointer: `${pointer}/${name}` }
}

/** A list under one of several names; absent is empty, a single object is a list of one. */
export function listOf(row: Json, names: readonly string[], pointer: string): { row: Json; pointer: string }[] {
  const found = firstOf(row, names, pointer)
  if (found.value === undefined) return []
  if (!Array.isArray(found.value)) return [{ row: objectAt(found.value, found.pointer), pointer: found.pointer }]
  return found.value.map((entry, index) => {
    const at = `${found.pointer}/${index}`
    return { row: objectAt(entry, at), pointer: at }
  })
}

/** A finite number ≥ 0 from a JSON number or a decimal string. */
export function numberAt(value: unknown, pointer: string): number {
  const isNumeral = typeof value === 'string' && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value)
  const number = isNumeral ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number))
    throw new BadTypeError(pointer, 'a number or a decimal string')
  if (number < 0) throw new OutOfRangeError(pointer, '≥ 0')
  return number
}

/** As `numberAt`, `undefined` when none of the names is present. */
export function numberOf(row: Json, names: readonly string[], pointer: string): number | undefined {
  const found = firstOf(row, names, pointer)
  return found.value === undefined ? undefined : numberAt(found.value, found.pointer)
}
