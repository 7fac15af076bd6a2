import { pointerOf } from '../wire/pointerOf'

/** The text is not JSON, or is JSON in a form in which no answer is ever written. `pointer` is where reading stopped. */
export class StrictJsonError extends Error {
  override readonly name = 'StrictJsonError'
  constructor(
    readonly pointer: string,
    readonly reason: string,
  ) {
    super(`${reason} at "${pointer}"`)
  }
}

const space = /[ \t\n\r]*/y
/** Unrolled, so that a string without an end fails in one pass. */
const string = /"[^"\\]*(?:\\.[^"\\]*)*"/y
const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const word = /true|false|null/y

const deepest = 64

/**
 * Reads JSON in the one form `JSON.stringify` gives every string and number, with no key twice. White space between values may be any.
 * `JSON.parse` would take `1.0` for `1` and, of two equal keys, silently the last: two readers of such a text could see two figures.
 * @throws StrictJsonError
 */
export function readStrictJson(text: string): unknown {
  const path: (string | number)[] = []
  let offset = 0

  function fail(reason: string): never {
    throw new StrictJsonError(pointerOf(path), reason)
  }

  /** What matches at the offset, which then moves behind it; `null` when nothing does. */
  function take(pattern: RegExp): string | null {
    pattern.lastIndex = offset
    const token = pattern.exec(text)?.[0] ?? null
    offset += token?.length ?? 0
    return token
  }

  function takeMark(mark: string): boolean {
    take(space)
    if (text[offset] !== mark) return false
    offset++
    return true
  }

  function scalarOf(token: string): string | number | boolean | null {
    let value: string | number | boolean | null
    try {
      value = JSON.parse(token)
    } catch {
      return fail('not valid JSON')
    }
    return JSON.stringify(value) === token ? value : fail('written in another form than answers are')
  }

  function readValue(): unknown {
    if (path.length > deepest) fail(`nested deeper than ${deepest} levels`)
    if (takeMark('{')) return readObject()
    if (takeMark('[')) return readArray()
    return scalarOf(take(string) ?? take(number) ?? take(word) ?? fail('not valid JSON'))
  }

  function readObject(): unknown {
    const entries = new Map<string, unknown>()
    if (takeMark('}')) return {}
    do {
      take(space)
      const key = String(scalarOf(take(string) ?? fail('not valid JSON')))
      path.push(key)
      if (entries.has(key)) fail('a key given twice')
      if (!takeMark(':')) fail('not valid JSON')
      entries.set(key, readValue())
      path.pop()
    } while (takeMark(','))
    return takeMark('}') ? Object.fromEntries(entries) : fail('not valid JSON')
  }

  function readArray(): unknown {
    const items: unknown[] = []
    if (takeMark(']')) return items
    do {
      path.push(items.length)
      items.push(readValue())
      path.pop()
    } while (takeMark(','))
    return takeMark(']') ? items : fail('not valid JSON')
  }

  const value = readValue()
  take(space)
  return offset === text.length ? value : fail('something follows the answer')
}
