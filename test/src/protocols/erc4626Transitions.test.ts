import { describe, expect, it } from 'vitest'
import { convertToAssets, vaultStatus } from '../../../src/protocols/erc4626/transitions'

const totals = { totalAssets: 1_500n, totalSupply: 1_000n }

describe('vault shapes', () => {
  it('value shares with and without virtual ones', () => {
    expect(convertToAssets('standard', 0, totals, 1_000n)).toBe(1_499n)
    expect(convertToAssets('solmate', 0, totals, 1_000n)).toBe(1_500n)
    expect(convertToAssets('standard', 3, { totalAssets: 0n, totalSupply: 0n }, 1_000n)).toBe(1n)
    expect(convertToAssets('solmate', 0, { totalAssets: 0n, totalSupply: 0n }, 1_000n)).toBe(1_000n)
    expect(convertToAssets('metaMorpho', 0, totals, 1_000n)).toBeNull()
  })

  it('are marked when the vault itself says otherwise', () => {
    const status = (views: { totalAssets: bigint | null; value: bigint | null }) =>
      vaultStatus('standard', 0, totals, views)
    expect(status({ totalAssets: 1_500n, value: 1_499n })).toBe('ok')
    expect(status({ totalAssets: 1_501n, value: 1_499n })).toContain('totalAssets')
    expect(status({ totalAssets: 1_500n, value: 1_500n })).toContain('convertToAssets')
    expect(status({ totalAssets: null, value: null })).toContain('reverts')
    expect(vaultStatus('vaultV2', 0, totals, { totalAssets: 1n, value: 1n })).toContain('not supported yet')
    expect(vaultStatus('stata', 0, totals, { totalAssets: 1n, value: 1n })).toBe('ok')
  })
})
