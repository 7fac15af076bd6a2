import { AccrualVaultV2, type IAccrualVaultV2Adapter } from '@morpho-org/blue-sdk'
import fc from 'fast-check'
import { zeroAddress } from 'viem'
import { describe, expect, it } from 'vitest'
import { type BoundedTerms, boundedRate, boundedTotalAssets } from '../../../src/math/boundedVault'
import { assetsDown } from '../../../src/math/vaultRates'

const wad = 10n ** 18n
const year = 365n * 86_400n
const amount = fc.bigInt({ min: 0n, max: 10n ** 30n })
const terms = fc.record<BoundedTerms>({
  totalSupply: amount,
  offset: fc.integer({ min: 0, max: 18 }),
  lastTotalAssets: amount,
  elapsed: fc.bigInt({ min: 1n, max: 5n * year }),
  maxRate: fc.bigInt({ min: 0n, max: (2n * wad) / year }),
  fee: fc.bigInt({ min: 0n, max: wad / 2n }),
  managementFee: fc.bigInt({ min: 0n, max: wad / 20n / year }),
})

/** What Morpho's own library makes of the same vault, all of it held by one adapter and in the vault itself. */
function byLibrary(real: bigint, idle: bigint, of: BoundedTerms) {
  const adapter = { address: zeroAddress, realAssets: () => real - idle } as unknown as IAccrualVaultV2Adapter
  const vault = new AccrualVaultV2(
    {
      ...{ address: zeroAddress, asset: zeroAddress, decimals: 18, name: '', symbol: '', eip5267Domain: undefined },
      ...{ _totalAssets: of.lastTotalAssets, totalSupply: of.totalSupply, virtualShares: 10n ** BigInt(of.offset) },
      ...{ maxRate: of.maxRate, lastUpdate: 1_000n, performanceFee: of.fee, managementFee: of.managementFee },
      ...{ performanceFeeRecipient: zeroAddress, managementFeeRecipient: zeroAddress },
      ...{ liquidityAdapter: zeroAddress, liquidityData: '0x', liquidityAllocations: undefined },
    },
    undefined,
    [adapter],
    idle,
    {},
  )
  return vault.accrueInterest(1_000n + of.elapsed).vault
}

describe('vaults whose growth is bounded', () => {
  it("are worth what Morpho's library says", () => {
    fc.assert(
      fc.property(terms, amount, amount, amount, (of, held, idle, shares) => {
        const real = held + idle
        const total = boundedTotalAssets(real, of)
        const theirs = byLibrary(real, idle, of)
        expect(total).toBe(theirs._totalAssets)
        expect(assetsDown(shares, boundedRate(total, of)!)).toBe(theirs.toAssets(shares))
      }),
      { numRuns: 1_000 },
    )
  })

  const still: BoundedTerms = {
    ...{ totalSupply: 1_000n * wad, offset: 12, lastTotalAssets: 1_000_000_000n },
    ...{ elapsed: year, maxRate: wad / 10n / year, fee: wad / 10n, managementFee: wad / 100n / year },
  }

  it('grow no faster than their rate, and lose at once', () => {
    expect(boundedTotalAssets(2_000_000_000n, still)).toBe(1_099_999_999n)
    expect(boundedTotalAssets(1_050_000_000n, still)).toBe(1_050_000_000n)
    expect(boundedTotalAssets(900_000_000n, still)).toBe(900_000_000n)
    // In the very second of an accrual, too: what has been lost since shows before the next.
    expect(boundedTotalAssets(900_000_000n, { ...still, elapsed: 0n })).toBe(900_000_000n)
    expect(boundedTotalAssets(2_000_000_000n, { ...still, elapsed: 0n })).toBe(1_000_000_000n)
  })

  it('pay for management out of a loss, and for performance only out of interest', () => {
    const worth = (total: bigint, of: Partial<BoundedTerms>) =>
      assetsDown(still.totalSupply, boundedRate(total, { ...still, ...of })!)
    expect(worth(900_000_000n, { managementFee: 0n })).toBe(900_000_000n)
    expect(worth(900_000_000n, {})).toBeLessThan(892_000_000n)
    expect(worth(1_050_000_000n, { managementFee: 0n })).toBe(1_044_999_999n)
  })

  it('are worth nothing that can be said once fees exceed all they have', () => {
    expect(boundedRate(1_000n, { ...still, elapsed: 200n * year, managementFee: wad / 20n / year })).toBeNull()
  })
})
