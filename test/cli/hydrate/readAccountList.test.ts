import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readAccountList } from '../../../cli/hydrate/readAccountList'

const folder = mkdtempSync(join(tmpdir(), 'crossmargin-accounts-'))
const first = `0x${'a1'.repeat(20)}`
const second = `0x${'b2'.repeat(20)}`

function read(text: string) {
  const file = join(folder, 'accounts.csv')
  writeFileSync(file, text)
  return readAccountList(file)
}

describe('a list of accounts', () => {
  afterAll(() => rmSync(folder, { recursive: true }))

  it('is the first column, each account once, in lower case', () => {
    expect(read(`${first}\n${second}\n`)).toEqual([first, second])
    expect(read(`address,note\r\n"${first}",one\r\n\r\n${second.replace('b2', 'B2')};two\r\n${first}`)).toEqual([
      first,
      second,
    ])
  })

  it('names the line that is no address', () => {
    expect(() => read(`${first}\n0x12\n`)).toThrow('line 2: "0x12" is no address')
    expect(() => read(`account\nvitalik.eth\n`)).toThrow('line 2')
  })

  it('is refused when it lists nobody, or is not there', () => {
    expect(() => read('account\n')).toThrow('lists no account')
    expect(() => readAccountList(join(folder, 'nothing.csv'))).toThrow('cannot be read')
  })
})
