import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { divRayHalfUp, mulRayDown, mulRayUp, RAY } from '../../../src/math/ray'
import { withEntry } from '../../../src/positions/withEntry'
import { collateralBitmap } from '../../../src/protocols/aave-v3/configuration'
import {
  accruedIndexes,
  nextScaledBalance,
  roundingOf,
  stableBurn,
  stableMint,
  stableTotal,
  treasuryShare,
  withFlag,
} from '../../../src/protocols/aave-v3/transitions'

const rays = fc.bigInt(RAY, 40n * RAY)
const scaledBalance = fc.bigInt(0n, 2n ** 120n)

/** What the token's events say when its scaled balance goes from one value to another; the contracts' own arithmetic, restated. */
function reported(
  balance: (scaled: bigint, index: bigint) => bigint,
  from: bigint,
  to: bigint,
  last: bigint,
  index: bigint,
) {
  const before = balance(from, last)
  const increase = balance(from, index) - before
  const after = balance(to, index)
  return after > before
    ? { kind: 'mint' as const, value: after - before, increase }
    : { kind: 'burn' as const, value: before - after, increase }
}

const moved = ({ kind, value, increase }: ReturnType<typeof reported>) =>
  kind === 'mint' ? value - increase : -(value + increase)

describe('scaled balances', () => {
  it.each(['supply', 'borrow'] as const)(
    'are recovered from directed events (%s), whatever the interest since',
    (side) => {
      const balance = side === 'supply' ? mulRayDown : mulRayUp
      fc.assert(
        fc.property(scaledBalance, scaledBalance, rays, rays, (from, to, one, other) => {
          const [last, index] = one < other ? [one, other] : [other, one]
          const event = reported(balance, from, to, last, index)
          expect(nextScaledBalance(side, 'directed', from, moved(event), index)).toBe(to)
        }),
      )
    },
  )

  it.each(['supply', 'borrow'] as const)(
    'are recovered from half-up events (%s), which carry the exact amount',
    (side) => {
      fc.assert(
        fc.property(scaledBalance, fc.bigInt(1n, 2n ** 120n), rays, (from, amount, index) => {
          const change = divRayHalfUp(amount, index)
          expect(nextScaledBalance(side, 'halfUp', from, amount, index)).toBe(from + change)
          expect(nextScaledBalance(side, 'halfUp', from + change, -amount, index)).toBe(from)
        }),
      )
    },
  )

  it('stay when only interest is reported', () => {
    fc.assert(
      fc.property(scaledBalance, rays, (scaled, index) => {
        for (const side of ['supply', 'borrow'] as const) {
          for (const rounding of ['directed', 'halfUp'] as const) {
            expect(nextScaledBalance(side, rounding, scaled, 0n, index)).toBe(scaled)
          }
        }
      }),
    )
  })

  it('would be wrong with the other rounding', () => {
    // At an index of 1.1 nine scaled units are worth 9 and ten 11: the event says 2, which to the nearest would be two units.
    const index = (11n * RAY) / 10n
    const event = reported(mulRayDown, 9n, 10n, RAY, index)
    expect(moved(event)).toBe(2n)
    expect(nextScaledBalance('supply', 'directed', 9n, 2n, index)).toBe(10n)
    expect(nextScaledBalance('supply', 'halfUp', 9n, 2n, index)).toBe(11n)
  })

  it('choose their rounding by revision, token by token', () => {
    expect([1, 2, 3, 4, 5].map((revision) => roundingOf('supply', '0x01', revision))).toEqual([
      'halfUp',
      'halfUp',
      'halfUp',
      'directed',
      'directed',
    ])
    const gho = '0x786dbff3f1292ae8f92ea68cf93c30b34b1ed04b'
    expect([4, 5].map((revision) => roundingOf('borrow', gho, revision))).toEqual(['halfUp', 'directed'])
  })
})

describe('silent accrual', () => {
  const state = {
    supplyIndex: 2n * RAY,
    borrowIndex: 3n * RAY,
    supplyRate: RAY / 10n,
    borrowRate: RAY / 5n,
    accruedAt: 100n,
  }

  it('leaves the borrow index alone while nothing is borrowed', () => {
    const year = 100n + 31_536_000n
    expect(accruedIndexes(state, 0n, year)).toEqual({ supplyIndex: (22n * RAY) / 10n, borrowIndex: 3n * RAY })
    expect(accruedIndexes(state, 1n, year).borrowIndex).toBeGreaterThan((36n * RAY) / 10n)
  })

  it('gives the treasury its part of the interest, in units of the new supply index', () => {
    const after = { supplyIndex: 4n * RAY, borrowIndex: (33n * RAY) / 10n }
    // 1000 scaled units owe 300 more; a tenth of it is 30, which is 7 units at an index of 4.
    expect(treasuryShare(1000n, state, after, 1_000n)).toBe(7n)
    expect(treasuryShare(1000n, state, after, 0n)).toBe(0n)
  })
})

describe('stable debt', () => {
  const event = { currentBalance: 1_010n, balanceIncrease: 10n, avgStableRate: 5n, newTotalSupply: 2_000n }

  it('folds interest into the principal when more is borrowed', () => {
    expect(stableMint({ ...event, amount: 510n, newRate: 7n }, 99n)).toEqual({ raw: 1_510n, rate: 7n, accruedAt: 99n })
  })

  it('keeps the rate in a partial repayment and forgets it in a full one', () => {
    expect(stableBurn({ ...event, amount: 490n }, 7n, 99n)).toEqual({ raw: 510n, rate: 7n, accruedAt: 99n })
    expect(stableBurn({ ...event, amount: 1_000n }, 7n, 99n)).toEqual({ raw: 0n, rate: 0n, accruedAt: 0n })
  })

  it('is nothing in total once a repayment leaves no average rate', () => {
    const emptied = { ...event, amount: 490n, avgStableRate: 0n, newTotalSupply: 3n }
    expect(stableTotal(emptied, true, 99n)).toEqual({ stableBorrow: 0n, stableRate: 0n, stableAccruedAt: 99n })
    expect(stableTotal({ ...event, amount: 490n }, true, 99n).stableBorrow).toBe(2_000n)
  })
})

describe('flags and lists', () => {
  it('stay sorted and without repetition', () => {
    expect(withFlag('active,frozen', 'borrowing', true)).toBe('active,borrowing,frozen')
    expect(withFlag('active', 'active', true)).toBe('active')
    expect(withFlag('active', 'active', false)).toBe('')
    expect(withFlag('', 'paused', false)).toBe('')
    expect(withEntry(['b'], 'a', true)).toEqual(['a', 'b'])
    expect(withEntry(['a', 'b'], 'a', false)).toEqual(['b'])
  })
})

describe('the word of a user', () => {
  it('has two bits a reserve: owed, and above it pledged', () => {
    fc.assert(
      fc.property(fc.nat(127), fc.boolean(), fc.boolean(), (id, borrowing, collateral) => {
        const word = (BigInt(borrowing) | (BigInt(collateral) << 1n)) << BigInt(2 * id)
        expect(collateralBitmap(word)).toBe(collateral ? 1n << BigInt(id) : 0n)
      }),
    )
  })
})
