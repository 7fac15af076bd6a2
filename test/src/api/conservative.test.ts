import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Question } from '../../../src/api/answer'
import type { PositionFact } from '../../../src/api/facts'
import type { Evidence } from '../../../src/api/valuation/figure'
import { account, evidence, now, question, served } from './support/evidence'

/** The same evidence, said by a chain whose tags are known. */
function final({ cut, facts }: Evidence): Evidence {
  const chains = Object.entries(cut.chains).map(([chain, block]) => [
    chain,
    { ...block, finality: 'finalized' as const },
  ])
  return { cut: { ...cut, chains: Object.fromEntries(chains) }, facts }
}

/** The same evidence, with these positions instead. */
function holding({ cut, facts }: Evidence, positions: readonly PositionFact[]): Evidence {
  const feeds = [
    { chain: 'alpha', feed: '0xfeed0', base: 'WETH', quote: 'USD', heartbeatSeconds: 3_600, band: null },
    { chain: 'alpha', feed: '0xfeed1', base: 'USDC', quote: 'USD', heartbeatSeconds: 3_600, band: null },
  ]
  const alpha = { ...facts.chains.alpha!, positions, lendingAccounts: [] }
  return { cut, facts: { reference: { ...facts.reference, feeds }, chains: { alpha } } }
}

const inWallet = (owner: string, raw: bigint, blockNumber: number): PositionFact => ({
  blockNumber: String(blockNumber),
  protocol: 'wallet',
  market: '0xe0',
  account: owner,
  side: 'supply',
  raw: String(raw),
  rate: null,
  accruedAt: null,
})
const excess = (of: Question, at: Evidence) => Number(served(of, at).excessInitialMargin)

describe('the conservative figure', () => {
  it('of 300/200 deleveraged to 200/100 is one of the two cuts whole, never 200/200', () => {
    const both = served(question('conservative'), evidence(now, 200, 100), final(evidence(now - 600, 300, 200)))
    const mixed = served(question('latest'), evidence(now, 200, 200))
    const latest = excess(question('latest'), evidence(now, 200, 100))
    const finalized = excess(question('latest'), evidence(now - 600, 300, 200))
    expect(Number(both.excessInitialMargin)).toBe(Math.min(latest, finalized))
    // The health of a mixture would be that of an account about to be liquidated.
    expect(Number(mixed.lendingUnits[0].healthFactor)).toBeLessThan(1)
    expect(Number(both.lendingUnits[0].healthFactor)).toBeGreaterThan(1.2)
    expect(both.finality.compared).toEqual({
      figure: 'excessInitialMargin',
      latest: latest.toFixed(8),
      finalized: finalized.toFixed(8),
    })
    const decisive = both.finality.decisive === 'finalized' ? evidence(now - 600, 300, 200) : evidence(now, 200, 100)
    expect(both.asOf.cut).toBe(served(question('latest'), decisive).asOf.cut)
    expect(both.lendingUnits).toEqual(served(question('latest'), decisive).lendingUnits)
    expect(both.status).not.toBe('LIQUIDATABLE')
  })

  it('is never worse than the worse of the two cuts, however much is deleveraged', () => {
    const amounts = fc.record({
      collateral: fc.integer({ min: 0, max: 1_000 }),
      debt: fc.integer({ min: 0, max: 800 }),
      repaid: fc.integer({ min: 0, max: 800 }),
    })
    fc.assert(
      fc.property(amounts, ({ collateral, debt, repaid }) => {
        const paid = Math.min(collateral, debt, repaid)
        const before = evidence(now - 600, collateral, debt)
        const after = evidence(now, collateral - paid, debt - paid)
        const both = served(question('conservative'), after, final(before))
        const worse = Math.min(...[before, after].map((each) => excess(question('latest'), each)))
        expect(Number(both.excessInitialMargin)).toBe(worse)
      }),
      { numRuns: 60 },
    )
  })

  it('is not lowered by a transfer between own wallets', () => {
    const other = `0x${'bb'.repeat(20)}`
    const both: Question = {
      ...question('conservative'),
      request: { ...question('conservative').request, addresses: [account, other] },
    }
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 21n), fc.bigInt(0n, 100n), (total, percent) => {
        const moved = (total * percent) / 100n
        const rows = (here: bigint, there: bigint, blockNumber: number) =>
          [inWallet(account, here, blockNumber), inWallet(other, there, blockNumber)].filter(({ raw }) => raw !== '0')
        const before = holding(evidence(now - 600, 0, 0), rows(total, 0n, 1))
        const after = holding(evidence(now, 0, 0), rows(total - moved, moved, now - 1))
        const answer = served(both, after, final(before))
        // Two wallets are printed in two rows, each rounded down to 10^-8 dollars.
        const latest = excess({ ...both, finality: 'latest' }, after)
        expect(Number(answer.excessInitialMargin)).toBe(
          Math.min(latest, excess({ ...both, finality: 'latest' }, before)),
        )
        expect(Math.abs(latest - Number(answer.finality.compared.finalized))).toBeLessThan(1e-6 * (1 + latest))
      }),
      { numRuns: 40 },
    )
  })

  it('says what of it rests on blocks that are not final', () => {
    const ether = 10n ** 18n
    const other = `0x${'bb'.repeat(20)}`
    const both: Question = {
      ...question('conservative'),
      request: { ...question('conservative').request, addresses: [account, other] },
    }
    const finalTime = now - 600
    const before = holding(evidence(finalTime, 0, 0), [inWallet(account, 4n * ether, 1)])
    const after = holding(evidence(now, 0, 0), [
      inWallet(account, 4n * ether, 1),
      inWallet(other, 2n * ether, finalTime + 1),
    ])
    const nonFinal = (main: Evidence, finalized: Evidence | null, of = both) =>
      served(of, main, finalized).finality.nonFinal
    expect(nonFinal(after, final(before))).toEqual({ grossCollateralValue: '5000.00000000', debtValue: '0.00000000' })
    expect(nonFinal(final(before), null)).toEqual({ grossCollateralValue: '0.00000000', debtValue: '0.00000000' })
    // Without known tags, and where it was not asked, nothing is claimed.
    expect(nonFinal(after, before)).toBeNull()
    expect(nonFinal(after, null)).toBeNull()
    expect(nonFinal(after, null, { ...both, finality: 'latest' })).toBeNull()
    // A chain without any final block: all of it.
    const empty = { ...before, cut: { ...before.cut, chains: {} }, facts: { ...before.facts, chains: {} } }
    expect(nonFinal(after, empty)).toMatchObject({ grossCollateralValue: '15000.00000000' })
  })

  it('counts a debt that is not final among debts', () => {
    const before = evidence(now - 600, 300, 0)
    const main = evidence(now, 300, 100)
    const alpha = main.facts.chains.alpha!
    const positions = alpha.positions.map((row) => ({
      ...row,
      blockNumber: row.side === 'borrow' ? String(now - 1) : '1',
    }))
    const borrowed = { ...main, facts: { ...main.facts, chains: { alpha: { ...alpha, positions } } } }
    const { nonFinal } = served(question('conservative'), borrowed, final(before)).finality
    expect(nonFinal).toEqual({ grossCollateralValue: '0.00000000', debtValue: '100000.00000000' })
  })
})
