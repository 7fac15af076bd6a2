import { describe, expect, it } from 'vitest'
import { accountData } from '../../../../src/api/protocols/aaveAccountData'
import { compoundInterestBinomial } from '../../../../src/api/protocols/aaveInterest'
import { compoundInterest, linearInterest } from '../../../../src/math/interest'

const usd = (answer: bigint) => ({ answer, decimals: 8 })
const leg = {
  market: 'p:a',
  side: 'supply' as const,
  isEnabled: true,
  amount: 10n ** 18n,
  decimals: 18,
  oraclePrice: usd(2_500n * 10n ** 8n),
  liquidationThreshold: 8_300n,
  ownLiquidationThreshold: 8_300n,
}
const debt = {
  ...leg,
  market: 'p:b',
  side: 'borrow' as const,
  amount: 1_000_000_001n,
  decimals: 6,
  oraclePrice: usd(99_999_999n),
}

describe('account data', () => {
  it('rounds debts up where the pool does, and down where it does not', () => {
    // 1000.000001 × 0.99999999 = 999.99999099999999 is not a whole number of the base currency's units.
    expect(accountData({ legs: [leg, debt], isDirected: true })).toEqual({
      collateralBaseRaw: 250_000_000_000n,
      debtBaseRaw: 99_999_999_100n,
      healthFactorRaw: expect.any(BigInt),
    })
    const older = accountData({ legs: [leg, debt], isDirected: false })
    expect(older.debtBaseRaw).toBe(99_999_999_099n)
  })

  it('has no health factor without debt (regression 25)', () => {
    expect(accountData({ legs: [leg], isDirected: true }).healthFactorRaw).toBeNull()
  })

  it('does not count collateral that is not enabled (regression 6)', () => {
    expect(accountData({ legs: [{ ...leg, isEnabled: false }], isDirected: true }).collateralBaseRaw).toBe(0n)
  })

  it('skips collateral without a threshold on older pools only', () => {
    const bare = { ...leg, liquidationThreshold: 0n, ownLiquidationThreshold: 0n }
    expect(accountData({ legs: [bare], isDirected: true }).collateralBaseRaw).toBe(250_000_000_000n)
    expect(accountData({ legs: [bare], isDirected: false }).collateralBaseRaw).toBe(0n)
  })

  it('adds a reserve’s two kinds of debt before it converts them', () => {
    const half = { ...debt, amount: 1n, oraclePrice: usd(5n * 10n ** 5n) }
    expect(accountData({ legs: [half, half], isDirected: false }).debtBaseRaw).toBe(1n)
  })

  it('knows nothing when a price that counts is unknown', () => {
    const unknown = { ...debt, oraclePrice: null }
    expect(accountData({ legs: [leg, unknown], isDirected: true })).toEqual({
      collateralBaseRaw: null,
      debtBaseRaw: null,
      healthFactorRaw: null,
    })
    expect(accountData({ legs: [{ ...leg, isEnabled: false, oraclePrice: null }], isDirected: true }).debtBaseRaw).toBe(
      0n,
    )
  })
})

describe('interest', () => {
  const year = 365n * 24n * 3_600n
  const ray = 10n ** 27n
  const rate = ray / 10n

  it('is simple for supplies and close to e^rt for debts', () => {
    expect(linearInterest(rate, year)).toBe(ray + rate)
    for (const growth of [compoundInterest, compoundInterestBinomial]) {
      expect(growth(rate, 0n)).toBe(ray)
      expect(Number(growth(rate, year)) / 1e27).toBeCloseTo(1 + 0.1 + 0.005 + 0.001 / 6, 4)
    }
  })
})
