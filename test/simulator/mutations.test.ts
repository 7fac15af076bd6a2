import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../cli/projectRoot'
import { mutations } from '../../simulator/mutations/mutations'

describe('mutations', () => {
  it('are ten or more, each with a name of its own', () => {
    expect(new Set(mutations.map(({ name }) => name)).size).toBe(mutations.length)
    expect(mutations.length).toBeGreaterThanOrEqual(10)
  })

  it.each(mutations.map(({ name, edits }) => [name, edits] as const))('%s still applies to the code', (_, edits) => {
    for (const { file, find, replace } of edits) {
      expect(readFileSync(join(projectRoot(), file), 'utf8').split(find)).toHaveLength(2)
      expect(replace).not.toBe(find)
    }
  })
})
