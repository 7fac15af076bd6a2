import { describe, expect, it } from 'vitest'
import { verdictOn } from '../../../src/protocols/chainlink/transitions'

const opening = { round: '1', answer: '100', updatedAt: '5', blockTimestamp: '6' }
const phases = [
  { aggregator: '0xaa', fromBlock: 10, opening: null },
  { aggregator: '0xbb', fromBlock: 50, opening },
] as const

describe('which aggregator speaks for a proxy', () => {
  it('is the one in use at the end of the block', () => {
    expect(verdictOn(phases, '0xaa', 9)).toBe('superseded')
    expect(verdictOn(phases, '0xaa', 10)).toBe('counts')
    expect(verdictOn(phases, '0xaa', 49)).toBe('counts')
    expect(verdictOn(phases, '0xbb', 49)).toBe('superseded')
    expect(verdictOn(phases, '0xbb', 51)).toBe('counts')
    expect(verdictOn(phases, '0xaa', 51)).toBe('superseded')
  })

  it('is neither in the block of the change, whose last answer is known', () => {
    expect(verdictOn(phases, '0xaa', 50)).toBe('opening')
    expect(verdictOn(phases, '0xbb', 50)).toBe('opening')
  })
})
