import { describe, expect, it } from 'vitest'
import { bounded, noLiquidity, opened, provided, swapped } from '../../../src/protocols/uniswap-v3/transitions'

describe('a pool', () => {
  const open = opened(2n ** 96n, 5, 1_000n)

  it('counts the tick that stood, not the one that comes', () => {
    const first = swapped(open, { sqrtPrice: 1n, tick: -7, liquidity: 3n }, 1_010n)
    expect(first).toMatchObject({ tickCumulative: 50n, tick: -7, liquidity: 3n, accruedAt: 1_010n })
    const sameBlock = swapped(first, { sqrtPrice: 2n, tick: 9, liquidity: 3n }, 1_010n)
    expect(sameBlock).toMatchObject({ tickCumulative: 50n, tick: 9 })
    expect(swapped(sameBlock, { sqrtPrice: 2n, tick: 9, liquidity: 3n }, 1_012n).tickCumulative).toBe(68n)
  })

  it('has in range what covers its tick, the lower end included and the upper not', () => {
    const change = 40n
    expect(provided(open, { lower: 5, upper: 6, change }, 1_001n)).toMatchObject({ liquidity: 40n, tickCumulative: 5n })
    expect(provided(open, { lower: 0, upper: 5, change }, 1_001n).liquidity).toBe(0n)
    expect(provided(open, { lower: 6, upper: 9, change }, 1_001n).liquidity).toBe(0n)
  })

  it('keeps what each tick adds on the way up, and whether anything ends there', () => {
    const lower = bounded(noLiquidity, 'lower', 40n)
    expect(lower).toEqual({ liquidityNet: 40n, liquidityGross: 40n })
    const both = bounded(lower, 'upper', 40n)
    expect(both).toEqual({ liquidityNet: 0n, liquidityGross: 80n })
    expect(bounded(bounded(both, 'upper', -40n), 'lower', -40n)).toEqual(noLiquidity)
  })
})
