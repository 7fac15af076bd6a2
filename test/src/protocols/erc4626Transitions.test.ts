import { describe, expect, it } from 'vitest'
import {
  recognise,
  sharesToAsk,
  type VaultKnowledge,
  type VaultViews,
  vaultStatus,
} from '../../../src/protocols/erc4626/transitions'

const standard: VaultKnowledge = {
  shape: 'standard',
  offset: 0,
  totalAssets: 1_500n,
  totalSupply: 1_000n,
  growsAlone: false,
  metaMorpho: null,
  vaultV2: null,
}
const status = (views: Omit<VaultViews, 'shares'>, known: Partial<VaultKnowledge> = {}) =>
  vaultStatus({ ...standard, ...known }, { ...views, shares: standard.totalSupply })

describe('what a vault says itself', () => {
  it('confirms its shape', () => {
    expect(status({ totalAssets: 1_500n, value: 1_499n })).toBe('ok')
    expect(status({ totalAssets: 1_500n, value: 1_500n }, { shape: 'solmate' })).toBe('ok')
    const fee = { fee: 10n ** 17n, lastTotalAssets: 1_400n, lostAssets: null }
    expect(status({ totalAssets: 1_500n, value: 1_490n }, { shape: 'metaMorpho', metaMorpho: fee })).toBe('ok')
    expect(status({ totalAssets: 1n, value: 1n }, { shape: 'stata' })).toBe('ok')
  })

  it('stands in for facts that do not explain it', () => {
    expect(status({ totalAssets: 1_501n, value: 1_500n })).toBe('interval')
    expect(status({ totalAssets: 1_500n, value: 1_500n })).toBe('interval')
    expect(status({ totalAssets: 1_500n, value: 1_499n }, { shape: 'other' })).toBe('interval')
    const fee = { fee: 0n, lastTotalAssets: 1_400n, lostAssets: null }
    expect(status({ totalAssets: 1_500n, value: 1_489n }, { shape: 'metaMorpho', metaMorpho: fee })).toBe('interval')
  })

  it('is not compared with transfers of an asset that grows without any', () => {
    expect(status({ totalAssets: 1_600n, value: 1_599n }, { growsAlone: true })).toBe('ok')
  })

  it('is asked about all shares, and never about few', () => {
    expect(sharesToAsk(10n ** 20n, 6)).toBe(10n ** 20n)
    expect(sharesToAsk(7n, 6)).toBe(10n ** 15n)
    expect(sharesToAsk(0n, 255) < 2n ** 256n).toBe(true)
  })

  it('shows what the vault is as soon as the shapes differ', () => {
    const seen = (value: bigint, shape: VaultKnowledge['shape']) =>
      recognise({ ...standard, shape }, { totalAssets: 1_500n, shares: 1_000n, value })
    expect(seen(1_500n, 'standard')).toEqual(['solmate', 'ok'])
    expect(seen(1_499n, 'solmate')).toEqual(['standard', 'ok'])
    expect(seen(1_400n, 'solmate')).toEqual(['solmate', 'interval'])
    expect(seen(1_400n, 'other')).toEqual(['other', 'interval'])
  })

  it('can be nothing', () => {
    expect(status({ totalAssets: null, value: 1n })).toContain('reverts')
    expect(status({ totalAssets: 1n, value: null }, { shape: 'other' })).toContain('reverts')
  })
})
