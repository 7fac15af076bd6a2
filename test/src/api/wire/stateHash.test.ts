import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnswerFact, CloseFact, Facts, FeedHistoryFact } from '../../../../src/api/facts'
import { canonicalHash } from '../../../../src/api/wire/canonical'
import { rememberedHash } from '../../../../src/api/wire/rememberedHash'
import { stateHashOf } from '../../../../src/api/wire/stateHash'

const day = 86_400
const closes: readonly CloseFact[] = [
  [20_000, 20_000 * day - 60, '250000000000'],
  [20_001, 20_001 * day - 30, '251000000000'],
]
const answers: readonly AnswerFact[] = [
  [20_000 * day + 10, 20_000 * day + 9, '250100000000'],
  [20_001 * day - 30, 20_001 * day - 30, '251000000000'],
  [20_001 * day + 5, 20_001 * day + 1, '252000000000'],
]
const history: FeedHistoryFact = { feed: '0xfeed', closes, answers }
const reference = { assets: {}, feeds: [{ chain: 'alpha', feed: '0xfeed', base: 'WETH', quote: 'USD' }] }
const tick = (pool: string, at: number) => ({
  pool,
  tick: at,
  liquidityNet: '5',
  liquidityGross: '5',
  blockNumber: '7',
})
const poolTicks = [tick('0xa', -10), tick('0xa', 10), tick('0xb', 20)]
const facts = {
  reference,
  chains: { alpha: { tokens: [], poolTicks } },
  history: { alpha: [history] },
} as unknown as Facts
const stateWith = (changed: Partial<FeedHistoryFact>) => ({
  facts: { ...facts, history: { alpha: [{ ...history, ...changed }] } },
})

describe('the state hash', () => {
  it('is the hash of the state in which reference, closes and days of answers stand as their own', () => {
    const byHand = {
      facts: {
        chains: {
          alpha: {
            tokens: [],
            poolTicks: canonicalHash([
              ['0xa', canonicalHash(poolTicks.slice(0, 2))],
              ['0xb', canonicalHash(poolTicks.slice(2))],
            ]),
          },
        },
        reference: canonicalHash(reference),
        history: {
          alpha: [
            {
              feed: '0xfeed',
              closes: canonicalHash(closes),
              answers: canonicalHash([
                [20_000, canonicalHash(answers.slice(0, 2))],
                [20_001, canonicalHash(answers.slice(2))],
              ]),
            },
          ],
        },
      },
    }
    expect(stateHashOf({ facts })).toBe(canonicalHash(byHand))
    expect(stateHashOf({ facts, finalized: { facts } })).not.toBe(stateHashOf({ facts }))
  })

  it('changes with every row of the past, and with the reference', () => {
    const changes: readonly Partial<FeedHistoryFact>[] = [
      ...closes.map((_, row) => ({ closes: closes.filter((_, index) => index !== row) })),
      ...answers.map((_, row) => ({ answers: answers.filter((_, index) => index !== row) })),
      ...answers.map((_, row) => ({
        answers: answers.map((fact, index): AnswerFact => (index === row ? [fact[0], fact[1], '1'] : fact)),
      })),
      { answers: [...answers].reverse() },
      { feed: '0xother' },
    ]
    const hashes = [
      stateHashOf({ facts }),
      stateHashOf({ facts: { ...facts, reference: { ...reference, feeds: [] } } as Facts }),
      ...changes.map((change) => stateHashOf(stateWith(change))),
      ...poolTicks.map((_, row) => {
        const others = poolTicks.filter((_, index) => index !== row)
        return stateHashOf({
          facts: { ...facts, chains: { alpha: { tokens: [], poolTicks: others } } } as unknown as Facts,
        })
      }),
    ]
    expect(new Set(hashes).size).toBe(hashes.length)
  })

  it('is the same remembered as computed anew, whatever was asked before', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 * day }), fc.nat(), fc.nat().map(String)), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(rows, fc.array(fc.nat({ max: 12 }), { maxLength: 6 }), (drawn, ends) => {
        const all = drawn.sort(([one], [other]) => one - other)
        // The same rows in lists that grow, shrink and are made anew: as one block after another, and a reorganisation, would have them.
        for (const end of [...ends, all.length]) {
          const state = stateWith({ answers: all.slice(0, end), closes: all.slice(end) })
          expect(stateHashOf(state, rememberedHash)).toBe(stateHashOf(state))
        }
      }),
      { numRuns: 200, seed: 5 },
    )
  })
})

describe('a remembered hash', () => {
  it('is not that of a list whose later rows are others', () => {
    const first: AnswerFact = [1, 1, '1']
    const one = [first, [2, 2, '2']]
    const other = [first, [2, 2, '3']]
    expect(rememberedHash(one)).toBe(canonicalHash(one))
    expect(rememberedHash(other)).toBe(canonicalHash(other))
    expect(rememberedHash([...one])).toBe(canonicalHash(one))
    expect(rememberedHash([first])).toBe(canonicalHash([first]))
    expect(rememberedHash([])).toBe(canonicalHash([]))
  })
})
