import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EngineError, margin } from '../../../engine/index'
import type { MarginInput } from '../../../engine/types'
import { accountArbitrary, anySize } from '../margin/arbitraries'
import { propertyRuns } from '../propertyRuns'

type Path = readonly (string | number)[]

function leavesOf(value: unknown, path: Path): readonly Path[] {
  if (typeof value !== 'object' || value === null) return value === undefined ? [] : [path]
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]))
}

function replaced(value: unknown, path: Path, leaf: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return leaf
  const source = value as Record<string | number, unknown>
  if (Array.isArray(source))
    return source.map((item, index) => (String(index) === String(key) ? replaced(item, rest, leaf) : item))
  return { ...source, [key]: replaced(source[key], rest, leaf) }
}

const strange = fc.oneof(
  fc.constantFrom(
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    null,
    '',
    'NaN',
    'Infinity',
    '0x10',
    '1e999',
  ),
  fc.constantFrom(-1, 0, 1e-300, 1e300, -1e300, 5e-324, '12.5', '-3', [], {}, true),
  fc.double(),
  fc.string(),
)

const cases = fc
  .tuple(accountArbitrary(anySize), fc.nat(), strange)
  .map(([account, pick, leaf]): { readonly input: unknown; readonly path: Path } => {
    const leaves = leavesOf(account, [])
    const path = leaves[pick % leaves.length] as Path
    return { input: replaced(account, path, leaf), path }
  })

function everyNumber(value: unknown, check: (figure: number) => void): void {
  if (typeof value === 'number') check(value)
  else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) everyNumber(inner, check)
}

describe('any input', { timeout: 240_000 }, () => {
  it('gives finite figures or a typed error that names a path of the input', () => {
    fc.assert(
      fc.property(cases, ({ input }) => {
        try {
          everyNumber(margin(input as MarginInput), (figure) => expect(Number.isFinite(figure)).toBe(true))
        } catch (error) {
          if (!(error instanceof EngineError)) throw error
          expect(error.pointer.startsWith('/')).toBe(true)
          expect(error.message).toContain(error.pointer)
          expect(error.code).toMatch(/^[A-Z_]+$/)
        }
      }),
      { numRuns: propertyRuns(2000), seed: 3 },
    )
  })

  it('that is not finite is refused at its own path', () => {
    fc.assert(
      fc.property(
        accountArbitrary(anySize),
        fc.nat(),
        fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 'NaN', 'Infinity'),
        (account, pick, bad) => {
          const leaves = leavesOf(account, []).filter((path) => {
            const leaf = path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], account)
            return typeof leaf === 'number'
          })
          const path = leaves[pick % leaves.length] as Path
          const pointer = `/${path.join('/')}`
          expect(() => margin(replaced(account, path, bad) as MarginInput)).toThrow(
            expect.objectContaining({ code: 'BAD_TYPE', pointer }),
          )
        },
      ),
      { numRuns: propertyRuns(1000), seed: 5 },
    )
  })
})
