import { describe, expect, it } from 'vitest'
import { readHoldings } from '../../audit/holdings'

const row = { blockNumber: '1', protocol: 'wallet', market: '0xt', account: '0xa', side: 'supply', rate: null }
const key = { protocol: 'wallet', contract: '0xt', market: '0xt', account: '0xa', side: 'supply' }

describe('what an account has by our rows', () => {
  const positions = [{ ...row, raw: '7', accruedAt: null }]

  it('is its row, and nothing without one', () => {
    const holdings = readHoldings({ positions })
    expect(holdings(key)).toBe(7n)
    expect(holdings({ ...key, account: '0xb' })).toBe(0n)
  })

  it('is not known without a row where the contract is older than the index', () => {
    const holdings = readHoldings({ positions, openings: [{ blockNumber: '1', protocol: 'wallet', contract: '0xt' }] })
    expect(holdings(key)).toBe(7n)
    expect(holdings({ ...key, account: '0xb' })).toBe(null)
    expect(holdings({ ...key, protocol: 'erc4626', account: '0xb' })).toBe(0n)
  })
})
