import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readStrictJson, StrictJsonError } from '../../../../src/api/verify/readStrictJson'

const refusal = (text: string) => {
  try {
    readStrictJson(text)
    return null
  } catch (error) {
    return (error as StrictJsonError).pointer
  }
}

describe('readStrictJson', () => {
  it('reads what JSON.stringify writes, however it is indented', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        expect(readStrictJson(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  it('refuses what two readers could read as two figures, and names the place', () => {
    for (const [text, pointer] of [
      ['{"a":1,"b":{"c":1,"c":1}}', '/b/c'],
      ['{"a":[1,1.0]}', '/a/1'],
      ['{"a":1e0}', '/a'],
      ['{"a":-0}', '/a'],
      ['{"a":0.10000000000000000001}', '/a'],
      ['{"a":"\\u0041"}', '/a'],
      ['{"a":"\\/"}', '/a'],
      ['{"a":"\n"}', '/a'],
      ['{"a":01}', '/a'],
      ['{"a":1,}', ''],
      ['{"a" 1}', '/a'],
      ['[1] 2', ''],
      ['', ''],
      [`${'['.repeat(100_000)}`, '/0'.repeat(65)],
    ] as const)
      expect(refusal(text), text.slice(0, 40)).toBe(pointer)
  })

  it('refuses a string without an end at once, however long (seed 20261121)', () => {
    expect(refusal(`{"a":"${'x'.repeat(1_000_000)}`)).toBe('/a')
    expect(refusal(`{"a":"${'x\\n'.repeat(300_000)}`)).toBe('/a')
  })

  it('refuses whatever JSON.parse refuses', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom(...'{}[]",:0-.ex\\ '), (text, place, character) => {
        const at = place % text.length
        const changed = text.slice(0, at) + character + text.slice(at + 1)
        let isJson = true
        try {
          JSON.parse(changed)
        } catch {
          isJson = false
        }
        if (!isJson) expect(() => readStrictJson(changed)).toThrow(StrictJsonError)
      }),
      { numRuns: 500 },
    )
  })

  it('keeps a key that is special to JavaScript', () => {
    const value = readStrictJson('{"__proto__":{"a":1}}') as object
    expect(Object.keys(value)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  })
})
