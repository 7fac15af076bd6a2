import { BadTypeError, OutOfRangeError, UnknownFieldError } from '../errors'

/** Reads one JSON value at `pointer`, or throws a typed error naming it. */
export type Reader<T> = (value: unknown, pointer: string) => T

type Shape = Readonly<Record<string, Reader<unknown>>>
type Fields<S extends Shape> = { readonly [K in keyof S]: ReturnType<S[K]> }

const DECIMAL = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/
const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/

/** Appends one reference token to a JSON pointer. */
export function child(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** A finite JSON number or decimal string within the bounds, as float64. Negative zero becomes zero. */
export function numeric(minimum: number, maximum: number): Reader<number> {
  return (value, pointer) => {
    const number =
      typeof value === 'number' ? value : typeof value === 'string' && DECIMAL.test(value) ? Number(value) : Number.NaN
    if (!Number.isFinite(number)) throw new BadTypeError(pointer, 'a finite number or a decimal string')
    if (number < minimum || number > maximum) throw new OutOfRangeError(pointer, `from ${minimum} to ${maximum}`)
    return number + 0
  }
}

/** Unix seconds, or an ISO 8601 time with a zone, as unix seconds. */
export function instant(value: unknown, pointer: string): number {
  if (typeof value === 'string' && ISO_TIME.test(value)) {
    const seconds = Date.parse(value) / 1000
    if (Number.isFinite(seconds)) return numeric(0, 1e11)(seconds, pointer)
  }
  if (typeof value === 'number' && Number.isFinite(value)) return numeric(0, 1e11)(value, pointer)
  throw new BadTypeError(pointer, 'unix seconds or an ISO 8601 time with a zone')
}

/** A JSON string. */
export function text(value: unknown, pointer: string): string {
  if (typeof value !== 'string') throw new BadTypeError(pointer, 'a string')
  return value
}

/** A string which is not empty: an id or a name. */
export function name(value: unknown, pointer: string): string {
  const read = text(value, pointer)
  if (read === '') throw new OutOfRangeError(pointer, 'that is not empty')
  return read
}

/** A JSON boolean. */
export function flag(value: unknown, pointer: string): boolean {
  if (typeof value !== 'boolean') throw new BadTypeError(pointer, 'true or false')
  return value
}

/** One of a fixed list of strings. */
export function oneOf<const T extends string>(values: readonly T[]): Reader<T> {
  return (value, pointer) => {
    const found = values.find((candidate) => candidate === value)
    if (found === undefined) throw new BadTypeError(pointer, `one of ${values.join(', ')}`)
    return found
  }
}

/** What may be absent: `undefined` reads as the fallback, anything else by the reader. */
export function optional<T, D>(reader: Reader<T>, fallback: D): Reader<T | D> {
  return (value, pointer) => (value === undefined ? fallback : reader(value, pointer))
}

/** What may be `null`, which stays `null`. */
export function nullable<T>(reader: Reader<T>): Reader<T | null> {
  return (value, pointer) => (value === null ? null : reader(value, pointer))
}

/** A JSON array whose items are all read by one reader, each under its index. */
export function list<T>(reader: Reader<T>): Reader<readonly T[]> {
  return (value, pointer) => {
    if (!Array.isArray(value)) throw new BadTypeError(pointer, 'an array')
    return Array.from(value, (item, index) => reader(item, child(pointer, index)))
  }
}

function plainObject(value: unknown, pointer: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadTypeError(pointer, 'an object')
  return value as Readonly<Record<string, unknown>>
}

/** A map from any name to one kind of value. */
export function record<T>(reader: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (value, pointer) => {
    const entries = Object.entries(plainObject(value, pointer))
    // A map built from entries keeps a key called __proto__ an ordinary key.
    return Object.fromEntries(entries.map(([key, item]) => [key, reader(item, child(pointer, key))]))
  }
}

/** An object of exactly these fields; any other is an error. */
export function object<S extends Shape>(shape: S): Reader<Fields<S>> {
  return (value, pointer) => {
    const source = plainObject(value, pointer)
    for (const key of Object.keys(source)) {
      if (!Object.hasOwn(shape, key)) throw new UnknownFieldError(child(pointer, key))
    }
    const read: Record<string, unknown> = {}
    for (const [key, reader] of Object.entries(shape)) {
      read[key] = reader(Object.hasOwn(source, key) ? source[key] : undefined, child(pointer, key))
    }
    return read as Fields<S>
  }
}

/** A union told apart by its `kind`. */
export function byKind<R extends Readonly<Record<string, Reader<unknown>>>>(
  readers: R,
): Reader<ReturnType<R[keyof R]>> {
  return (value, pointer) => {
    const kind = oneOf(Object.keys(readers))(plainObject(value, pointer).kind, child(pointer, 'kind'))
    return (readers[kind] as Reader<ReturnType<R[keyof R]>>)(value, pointer)
  }
}
