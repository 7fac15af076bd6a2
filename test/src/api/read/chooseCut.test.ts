import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseCut } from '../../../../src/api/read/chooseCut'
import type { ChainHead } from '../../../../src/api/read/cut'
import { AtNotIndexedError, NothingIndexedError } from '../../../../src/api/read/errors'

const block = (timestamp: number) => ({ blockNumber: String(timestamp), blockHash: '0x01', timestamp })
const head = (chain: string, timestamp: number, more: Partial<ChainHead> = {}): ChainHead => {
  const tip = more.tip === undefined ? block(timestamp) : more.tip
  return {
    chain,
    required: true,
    maxLagSeconds: 30,
    newest: block(timestamp),
    oldest: block(0),
    tip,
    reached: tip?.timestamp ?? null,
    fault: null,
    ...more,
  }
}

describe('chooseCut', () => {
  it('takes the newest time that every chain has reached', () => {
    const choice = chooseCut([head('alpha', 1_000), head('beta', 990)], 1_001, null)
    expect(choice).toEqual({ time: 990, included: ['alpha', 'beta'], excluded: [] })
  })

  it('lets a chain go that the wall clock and a chain on time both call late', () => {
    const choice = chooseCut([head('alpha', 1_000), head('beta', 960)], 1_001, null)
    expect(choice.time).toBe(1_000)
    expect(choice.included).toEqual(['alpha'])
    expect(choice.excluded).toEqual([
      {
        chain: 'beta',
        required: true,
        reasonCode: 'CHAIN_STALE',
        detail: 'last indexed block 960 at 1970-01-01T00:16:00Z; limit 30 s',
      },
    ])
  })

  it('says a stopped chain is late within five seconds of its limit, whatever the other chain’s rhythm up to 12 s', () => {
    for (let rhythm = 1; rhythm <= 12; rhythm++) {
      const now = 1_000 + 30 + 5
      const lastBlock = now - ((now - 1_000) % rhythm)
      expect(chooseCut([head('alpha', 1_000), head('beta', lastBlock)], now, null).included).toEqual(['beta'])
    }
  })

  it('stands at the last indexed cut when every RPC is cut, at any later time', () => {
    const heads = [head('alpha', 1_000), head('beta', 998)]
    const stood = chooseCut(heads, 1_001, null)
    for (const now of [1_020, 1_029, 1_030, 1_031, 1_032, 2_000, 1_000_000])
      expect(chooseCut(heads, now, null)).toEqual(stood)
  })

  it('compares chains with each other when none follows the wall clock', () => {
    const heads = [head('alpha', 5_000), head('beta', 4_000)]
    expect(chooseCut(heads, null, null).included).toEqual(['alpha'])
    expect(chooseCut(heads, 9_000, null)).toEqual(chooseCut(heads, null, null))
  })

  it('reads a tier at the slowest chain’s tip', () => {
    const choice = chooseCut([head('alpha', 1_000, { tip: block(900) }), head('beta', 1_000)], 1_000, null)
    expect(choice.time).toBe(900)
  })

  it('names chains that cannot be used', () => {
    const fault = { reasonCode: 'CHAIN_REORG', detail: 'two hashes' } as const
    const choice = chooseCut(
      [
        head('alpha', 1_000),
        head('beta', 1_000, { fault }),
        head('gamma', 0, { newest: null, tip: null, oldest: null }),
      ],
      1_000,
      null,
    )
    expect(choice.included).toEqual(['alpha'])
    expect(choice.excluded.map(({ chain, reasonCode }) => [chain, reasonCode])).toEqual([
      ['beta', 'CHAIN_REORG'],
      ['gamma', 'NOT_HYDRATED'],
    ])
    expect(() => chooseCut([head('gamma', 0, { newest: null, tip: null, oldest: null })], 1, null)).toThrow(
      NothingIndexedError,
    )
  })

  it('answers a past instant from every chain that had reached it, and refuses a future one', () => {
    const heads = [head('alpha', 1_000), head('beta', 500), head('gamma', 1_000, { oldest: block(700) })]
    expect(chooseCut(heads, 1_000, 400)).toMatchObject({ time: 400, included: ['alpha', 'beta'] })
    expect(chooseCut(heads, 1_000, 400).excluded).toMatchObject([{ chain: 'gamma', reasonCode: 'NOT_HYDRATED' }])
    expect(chooseCut(heads, 1_000, 800)).toMatchObject({ included: ['alpha', 'gamma'] })
    expect(() => chooseCut(heads, 1_000, 1_001)).toThrow(AtNotIndexedError)
    expect(() => chooseCut([head('gamma', 1_000, { oldest: block(700) })], 1_000, 400)).toThrow(AtNotIndexedError)
  })

  it('answers a block of a chain that is ahead, without the chains that are not there yet', () => {
    const heads = [head('alpha', 1_000), head('beta', 999)]
    expect(() => chooseCut(heads, 1_000, 1_000)).toThrow(AtNotIndexedError)
    expect(() => chooseCut(heads, 1_000, 1_000, 'beta')).toThrow(AtNotIndexedError)
    const choice = chooseCut(heads, 1_000, 1_000, 'alpha')
    expect(choice).toMatchObject({ time: 1_000, included: ['alpha'] })
    expect(choice.excluded).toMatchObject([{ chain: 'beta', reasonCode: 'CHAIN_STALE' }])
  })

  it('stays a second behind a chain that gives several blocks the same timestamp', () => {
    const shared = head('alpha', 1_000, { reached: 999 })
    expect(chooseCut([shared, head('beta', 1_005)], 1_005, null).time).toBe(999)
    expect(chooseCut([shared, head('beta', 1_005)], 1_005, 999).included).toEqual(['alpha', 'beta'])
    expect(() => chooseCut([shared, head('beta', 1_005)], 1_005, 1_000)).toThrow(AtNotIndexedError)
    expect(() => chooseCut([shared, head('beta', 1_005)], 1_005, 1_000, 'alpha')).toThrow(AtNotIndexedError)
  })

  it('never counts twice what one chain burned and another minted within the same second', () => {
    // Each chain gives several blocks a second. An asset leaves one and later, in true time, arrives on the other.
    const walk = fc.array(fc.constantFrom('block', 'second', 'relay'), { minLength: 5, maxLength: 60 })
    fc.assert(
      fc.property(walk, fc.nat(60), fc.nat(60), (steps, seenOfAlpha, seenOfBeta) => {
        const blocks = { alpha: [{ time: 0, holds: 1 }], beta: [{ time: 0, holds: 0 }] }
        let time = 0
        for (const step of steps) {
          if (step === 'second') time++
          const [alpha, beta] = [blocks.alpha.at(-1)!.holds, blocks.beta.at(-1)!.holds]
          if (step === 'relay') {
            // The burn's block comes first, then the mint's.
            blocks.alpha.push({ time, holds: 1 - alpha })
            blocks.beta.push({ time, holds: 1 - beta })
          } else {
            blocks.alpha.push({ time, holds: alpha })
            blocks.beta.push({ time, holds: beta })
          }
        }
        const indexed = (chain: 'alpha' | 'beta', count: number) => blocks[chain].slice(0, 1 + count)
        const seen = { alpha: indexed('alpha', seenOfAlpha), beta: indexed('beta', seenOfBeta) }
        const heads = (['alpha', 'beta'] as const).map((chain) => {
          const tip = block(seen[chain].at(-1)!.time)
          return head(chain, tip.timestamp, {
            tip,
            reached: tip.timestamp - 1,
            oldest: block(-1),
            maxLagSeconds: 1_000,
          })
        })
        const cut = chooseCut(heads, null, null).time
        const holds = (chain: 'alpha' | 'beta') => seen[chain].filter((each) => each.time <= cut).at(-1)?.holds ?? 0
        const truth = (chain: 'alpha' | 'beta') => blocks[chain].filter((each) => each.time <= cut).at(-1)?.holds ?? 0
        expect([holds('alpha'), holds('beta')]).toEqual([truth('alpha'), truth('beta')])
        expect(holds('alpha') + holds('beta')).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('never reads a chain beyond what it has reached', () => {
    const chain = fc.record({ age: fc.integer({ min: 0, max: 200 }), limit: fc.integer({ min: 1, max: 100 }) })
    fc.assert(
      fc.property(fc.array(chain, { minLength: 1, maxLength: 5 }), fc.boolean(), (chains, isWall) => {
        const heads = chains.map(({ age, limit }, index) => head(`c${index}`, 10_000 - age, { maxLagSeconds: limit }))
        const { time, included, excluded } = chooseCut(heads, isWall ? 10_000 : null, null)
        expect(included.length + excluded.length).toBe(heads.length)
        for (const { chain: name, tip } of heads)
          if (included.includes(name)) expect(tip!.timestamp).toBeGreaterThanOrEqual(time)
      }),
    )
  })
})
