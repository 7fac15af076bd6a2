import { describe, expect, it } from 'vitest'
import type { GoldenFile } from '../../cli/golden/goldenFile'
import { GOLDEN_TOLERANCE } from '../../cli/golden/judgeCase'
import { MAX_DEPTH, MAX_REPLACEMENTS } from '../../engine/collateral/look-through/lookThrough'
import { shippedParameters } from '../../engine/index'
import { exampleSection } from '../../scripts/golden/exampleSection'
import { insertExample } from '../../scripts/golden/insertExample'
import { steps } from '../golden/withoutStep'
import { codeWords, readText, section, tableRows } from './support'

const page = readText('docs/methodology.md')
const golden: GoldenFile = JSON.parse(readText('test/golden/cases.json'))
const words = (heading: string) => section('docs/methodology.md', heading).replace(/\s+/g, ' ')

describe('docs/methodology.md', () => {
  it('has the worked example that the golden accounts give (npx tsx scripts/golden/writeExample.ts)', () => {
    expect(insertExample(page, exampleSection(golden))).toBe(page)
  })

  it('works its example with the parameters that are shipped', () => {
    const { classes, defaultClass, haircuts, lending } = shippedParameters.get('house-1')!
    const used = golden.parameterSets['house-1']!
    expect({ ...used, classes: Object.keys(used.classes).sort() }).toEqual({
      defaultClass,
      haircuts,
      lending,
      classes: Object.keys(classes).sort(),
    })
    for (const [name, kind] of Object.entries(used.classes)) expect(classes[name], name).toMatchObject(kind)
  })

  it('lists the steps in their order', () => {
    const listed = tableRows(section('docs/methodology.md', 'The steps, in their order')).map(([step]) => step)
    expect(listed).toEqual(steps)
  })

  it('gives the limits of look-through and the tolerance that are applied', () => {
    expect(words('Looking through')).toContain(`after ${MAX_DEPTH} replacements in a row`)
    expect(words('Looking through')).toContain(`or ${MAX_REPLACEMENTS.toLocaleString('en-US')} in all`)
    expect(GOLDEN_TOLERANCE).toBe(1e-12)
    expect(words('Cases to check an implementation with')).toContain('is at most 10⁻¹²')
  })

  it('says with how many digits the cases are computed and written', () => {
    const cases = JSON.stringify(golden.cases.map(({ expected }) => expected))
    const digits = [...cases.matchAll(/"(\d+(?:\.\d+)?)"/g)].map(
      ([, figure]) => figure!.replace(/^0?\.?0*/, '').replace('.', '').length,
    )
    expect(words('Cases to check an implementation with')).toContain(`up to ${Math.max(...digits)} significant digits`)
    const [, precision] = /prec = (\d+)/.exec(readText('scripts/golden/waterfall.py'))!
    expect(words('Cases to check an implementation with')).toContain(`decimals of ${precision} digits`)
  })

  it('explains every field of the cases', () => {
    const explained = new Set(codeWords(section('docs/methodology.md', 'Cases to check an implementation with')))
    const expected = golden.cases.flatMap((account) => [
      ...Object.keys(account),
      ...Object.keys(account.expected),
      ...Object.values(account.expected).flatMap((rows) =>
        typeof rows === 'string' ? [] : rows.flatMap((row) => [...Object.keys(row), ...row.steps.flatMap(Object.keys)]),
      ),
    ])
    const through = golden.lookThrough.flatMap(({ input, expected: answer }) => [
      ...Object.keys(input),
      ...Object.values(answer).flatMap((rows) => (Array.isArray(rows) ? rows.flatMap(Object.keys) : [])),
      ...Object.keys(answer),
    ])
    const fields = [...Object.keys(golden), ...Object.keys(golden.parameterSets['house-1']!), ...expected, ...through]
    expect([...new Set(fields)].filter((field) => !explained.has(field))).toEqual([])
  })
})
