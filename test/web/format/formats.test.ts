import { describe, expect, it } from 'vitest'
import { cleanLabel } from '../../../web/format/cleanLabel'
import { formatAge } from '../../../web/format/formatAge'
import { formatPrice } from '../../../web/format/formatPrice'
import { formatFactor, formatPercent } from '../../../web/format/formatRatio'
import { formatTokenAmount } from '../../../web/format/formatTokenAmount'
import { formatUsd } from '../../../web/format/formatUsd'
import { shortenHex } from '../../../web/format/shortenHex'

describe('formatUsd', () => {
  it('groups thousands and rounds against the account', () => {
    expect(formatUsd('1234567.89999999', 'down')).toBe('$1,234,567.89')
    expect(formatUsd('1234567.89000001', 'up')).toBe('$1,234,567.90')
    expect(formatUsd('-1234.501', 'down')).toBe('−$1,234.51')
  })

  it('does not print something small as nothing', () => {
    expect(formatUsd('0.00000001', 'down')).toBe('< $0.01')
    expect(formatUsd('-0.00000001', 'up')).toBe('> −$0.01')
    expect(formatUsd('0.00000000', 'down')).toBe('$0.00')
  })

  it('keeps every digit of a figure too large for a float', () => {
    expect(formatUsd('123456789012345678901234.56', 'down')).toBe('$123,456,789,012,345,678,901,234.56')
  })
})

describe('formatPrice', () => {
  it('shows how far a stablecoin is off, and cents of what is dear', () => {
    expect(formatPrice('0.99989050', 'down')).toBe('$0.999890')
    expect(formatPrice('0.99989050', 'up')).toBe('$0.999891')
    expect(formatPrice('2599.62000840', 'up')).toBe('$2,599.63')
    expect(formatPrice('0.00000001', 'down')).toBe('< $0.000001')
    expect(formatPrice('0.00000000', 'down')).toBe('$0.00')
  })
})

describe('ratios', () => {
  it('shows fractions as percentages and factors as they are', () => {
    expect(formatPercent('0.431211', 'up')).toBe('43.13 %')
    expect(formatPercent('-0.2', 'down')).toBe('−20.00 %')
    expect(formatFactor('0.999999999999999999', 'down')).toBe('0.99')
    expect(formatFactor('1234.5', 'down')).toBe('1,234.50')
  })
})

describe('formatTokenAmount', () => {
  it('places the point by decimals', () => {
    expect(formatTokenAmount('1500000', 6, 'down')).toBe('1.5')
    expect(formatTokenAmount('1234567890123456789012', 18, 'down')).toBe('1,234.56789')
    expect(formatTokenAmount('1234567890123456789012', 18, 'up')).toBe('1,234.567891')
    expect(formatTokenAmount('42', 0, 'down')).toBe('42')
    expect(formatTokenAmount('100', 2, 'down')).toBe('1')
    expect(formatTokenAmount('1', 36, 'down')).toBe('< 0.000001')
  })

  it('leaves alone what it cannot place', () => {
    expect(formatTokenAmount('1.5', 6, 'down')).toBe('1.5')
    expect(formatTokenAmount('15', -1, 'down')).toBe('15')
  })
})

describe('formatAge', () => {
  it('uses two units at most', () => {
    const ages = [-5_000, 400, 4_000, 59_999, 60_000, 125_000, 3_600_000, 11_520_000, 90_000_000]
    expect(ages.map(formatAge)).toEqual([
      '0 s',
      '0 s',
      '4 s',
      '59 s',
      '1 min',
      '2 min 5 s',
      '1 h',
      '3 h 12 min',
      '1 d 1 h',
    ])
  })
})

describe('cleanLabel', () => {
  it('keeps ordinary names, also those of other scripts', () => {
    expect(['WETH', 'USD₮0', 'яUSD', '<b>'].map(cleanLabel)).toEqual(['WETH', 'USD₮0', 'яUSD', '<b>'])
  })

  it('shows what would be invisible and cuts what would not fit', () => {
    expect(cleanLabel('US\u202eDC\u0000')).toBe('US�DC�')
    expect(cleanLabel('x'.repeat(1_000_000))).toBe(`${'x'.repeat(40)}…`)
    expect(cleanLabel('   ')).toBe('(no name)')
  })
})

describe('shortenHex', () => {
  it('keeps both ends', () => {
    expect(shortenHex(`0x${'12'.repeat(20)}`)).toBe('0x1212…1212')
    expect(shortenHex('0x1234')).toBe('0x1234')
  })
})
