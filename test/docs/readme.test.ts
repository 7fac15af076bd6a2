import { describe, expect, it } from 'vitest'
import type { CollateralRow, MarginAnswer } from '../../web/api/answer'
import { isDebt } from '../../web/api/answer'
import { isZero, subtractDecimals, sumDecimals } from '../../web/format/decimal'
import { codeBlocks, readText } from './support'

const readme = readText('README.md')
const example = /<!-- example:begin -->([\s\S]*)<!-- example:end -->/.exec(readme)![1]!
const isEqual = (a: string, b: string) => isZero(subtractDecimals(a, b))
const total = (rows: readonly CollateralRow[], key: 'marketValue' | 'credit') =>
  sumDecimals(rows.map((row) => row[key]!))

describe('the README', () => {
  it('gives the two commands', () => {
    expect(readme).toContain('npm ci && npm run demo')
    expect(readme).toContain('npm ci && npm test')
  })

  it('shows an answer whose every figure follows from the others', () => {
    const answer = JSON.parse(codeBlocks(example, 'json')[0]!) as MarginAnswer
    const debts = answer.collateral.filter(isDebt)
    const held = answer.collateral.filter((row) => !isDebt(row))
    expect(held.length).toBeGreaterThan(0)
    expect(total(held, 'marketValue')).toBe(answer.grossCollateralValue)
    expect(isEqual(sumDecimals(debts.map((row) => row.marketValue!)), answer.debtValue!)).toBe(true)
    expect(total(answer.collateral, 'credit')).toBe(answer.collateralCredit)
    for (const row of held) {
      const taken = sumDecimals(row.steps.map((step) => step.amount!))
      expect(isEqual(subtractDecimals(row.marketValue!, taken), row.credit!)).toBe(true)
    }
    const { grossEquity, nonRecourseShortfall, haircutTotal, collateralCredit, marginBalance } = answer
    expect(subtractDecimals(answer.grossCollateralValue!, answer.debtValue!)).toBe(grossEquity)
    expect(
      isEqual(subtractDecimals(sumDecimals([grossEquity!, nonRecourseShortfall!]), collateralCredit!), haircutTotal!),
    ).toBe(true)
    expect(subtractDecimals(marginBalance!, answer.initialMargin!)).toBe(answer.excessInitialMargin)
    expect(subtractDecimals(marginBalance!, answer.maintenanceMargin!)).toBe(answer.excessMaintenanceMargin)
    expect(Number(answer.marginRatio)).toBeCloseTo(Number(answer.maintenanceMargin) / Number(marginBalance), 12)
    expect(answer.complete).toBe(true)
  })

  it('says in words what the answer says in figures', () => {
    const answer = JSON.parse(codeBlocks(example, 'json')[0]!) as MarginAnswer
    const words = example.slice(0, example.indexOf('```json'))
    const shown = (text: string) =>
      `$${text.split('.')[0]!.replace(/\B(?=(\d{3})+$)/g, ',')}.${text.split('.')[1]!.slice(0, 2)}`
    for (const figure of [
      answer.marginBalance,
      answer.initialMargin,
      answer.maintenanceMargin,
      answer.collateralCredit,
      answer.debtValue,
    ])
      expect(words).toContain(shown(figure!))
    expect(words).toContain(`**${answer.status}**`)
  })
})
