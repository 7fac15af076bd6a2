// Vitest's `describe`, `it` and `expect` without its runner: tests are collected on `globalThis.tests` and run by whoever imported
// them. What only the runner can do (file snapshots, module mocks) fails here, and such tests are left out by the caller.
import { ASYMMETRIC_MATCHERS_OBJECT, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect'
import * as spy from '@vitest/spy'
import * as chai from 'chai'
import fc from 'fast-check'

chai.use(JestExtend)
chai.use(JestChaiExpect)
chai.use(JestAsymmetricMatchers)
// A property that fails has said enough: nobody reads the smallest counterexample of a mutant.
fc.configureGlobal({ seed: 20_261_121, endOnFailure: true })

let path = []

/** `.each` of a function that declares a suite or a test; the body comes last, after options if there are any. */
function withEach(declare) {
  const each =
    (rows) =>
    (name, ...rest) => {
      for (const row of rows) {
        declare(`${name} ${JSON.stringify(row)}`, () => rest.at(-1)(...(Array.isArray(row) ? row : [row])))
      }
    }
  return Object.assign(declare, { each })
}

export const describe = withEach((name, ...rest) => {
  const outer = path
  path = [...outer, name]
  rest.at(-1)()
  path = outer
})

export const it = withEach((name, ...rest) => {
  globalThis.tests.push({ name: [...path, name].join(' > '), run: rest.at(-1) })
})

export const expect = Object.assign(
  (value, message) => chai.expect(value, message),
  chai.expect,
  globalThis[ASYMMETRIC_MATCHERS_OBJECT],
)

const nothing = () => undefined
export const afterEach = nothing
export const vi = { ...spy, mock: nothing, mocked: (value) => value }
