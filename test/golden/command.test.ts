import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runGolden } from '../../cli/commands/golden'
import type { GoldenFile } from '../../cli/golden/goldenFile'
import { UsageError } from '../../cli/UsageError'

const cases = 'test/golden/cases.json'
let root: string
let written: string[]

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'crossmargin-golden-'))
  await mkdir(join(root, 'test/golden'), { recursive: true })
  await cp('scripts/golden', join(root, 'scripts/golden'), { recursive: true })
  await cp(cases, join(root, cases))
  written = []
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((line) => written.push(String(line)) > 0)
  }
})

afterEach(async () => {
  vi.restoreAllMocks()
  await rm(root, { recursive: true })
})

/** Writes the cases with another credit stated for the first account. */
async function change(credit: string): Promise<string> {
  const file: GoldenFile = JSON.parse(await readFile(cases, 'utf8'))
  const [first, ...others] = file.cases
  const changed = { ...first!, expected: { ...first!.expected, credit } }
  await writeFile(join(root, cases), JSON.stringify({ ...file, cases: [changed, ...others] }))
  return first!.id
}

describe('golden', { timeout: 60_000 }, () => {
  it('matches every account and the file its script computes', async () => {
    expect(await runGolden([], root)).toBe(0)
    expect(written.join('')).toMatch(
      /^\S+ accounts: \d+ matched, 0 failed, worst gap \S+\n\S+ look-through: \d+ matched, 0 failed/,
    )
    expect(written.at(-1)).toMatch(/^\d+ passed, 0 failed, worst gap \d\.\de-\d+\n$/)
    expect(written.join('')).not.toContain('NOT')
  })

  it('names what does not match, and whether the file is what the script computes', async () => {
    const id = await change('1')
    expect(await runGolden([], root)).toBe(1)
    expect(written.join('')).toContain(`${id} failed\n  /credit: `)
    expect(written.join('')).toContain(' accounts: ')
    expect(written.at(-1)).toMatch(/^\d+ passed, [12] failed, worst gap /)
    expect(written.join('')).toMatch(/cases\.json: (NOT as computed by|not computed again: python3 was not found)/)
  })

  it('judges the files it is given, and says why one cannot be read', async () => {
    const id = await change('1')
    expect(await runGolden([join(root, cases), cases], root)).toBe(1)
    expect(written.join('').split(`${id} failed`)).toHaveLength(2)
    expect(written.at(-1)).toMatch(/^\d+ passed, 1 failed, worst gap /)
    await expect(runGolden([join(root, 'none.json')], root)).rejects.toThrow(UsageError)
    await expect(runGolden(['--all'], root)).rejects.toThrow(UsageError)
  })
})
