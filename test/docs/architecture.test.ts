import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { codeWords, root, section, tableRows } from './support'

const unlisted = new Set(['node_modules', 'dist', 'coverage', 'generated', 'reports'])

describe('docs/architecture.md', () => {
  const listed = tableRows(section('docs/architecture.md', 'Folders')).map(([folder]) =>
    codeWords(folder!)[0]!.replace(/\/$/, ''),
  )
  const present = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^\.|^dist\./.test(entry.name) && !unlisted.has(entry.name))
    .map(({ name }) => name)

  it('lists every folder there is', () => {
    expect(present.filter((folder) => !listed.includes(folder))).toEqual([])
  })

  it('lists no folder that is not there', () => {
    const missing = listed.filter((folder) => {
      try {
        return readdirSync(join(root, folder)).length === 0
      } catch {
        return true
      }
    })
    expect(missing).toEqual([])
  })
})

describe('docs/decisions', () => {
  it('has every record in its index, numbered without a gap', () => {
    const records = readdirSync(join(root, 'docs/decisions'))
      .filter((file) => /^\d{4}-/.test(file))
      .sort()
    expect(records.map((file) => Number(file.slice(0, 4)))).toEqual(records.map((_, index) => index + 1))
    const index = section('docs/decisions/README.md', 'Decisions')
    expect(records.filter((file) => !index.includes(`(${file})`))).toEqual([])
  })
})
