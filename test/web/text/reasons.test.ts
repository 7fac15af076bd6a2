import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { explainReason } from '../../../web/text/reasons'

/** The codes as documented: one list for people, API and page. */
function documentedCodes(): readonly string[] {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/interfaces.md'), 'utf8')
  const section = text.split('### Reason codes')[1]?.split('\n##')[0] ?? ''
  return [...section.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1]!)
}

describe('explainReason', () => {
  it('has words for every documented reason code', () => {
    expect(documentedCodes().length).toBeGreaterThanOrEqual(12)
    expect(documentedCodes().filter((code) => explainReason(code).includes(code))).toEqual([])
  })

  it('names a code it does not know', () => {
    expect(explainReason('MOON_PHASE')).toContain('MOON_PHASE')
  })
})
