import { describe, expect, it } from 'vitest'
import type { AgreementFact } from '../../../src/api/facts'
import type { Evidence } from '../../../src/api/valuation/figure'
import { verifyAnswer } from '../../../src/api/verify/verifyAnswer'
import { account, evidence, now, question, served } from './support/evidence'

const agreed = (more: Partial<AgreementFact>): AgreementFact => ({
  account,
  chain: '*',
  protocol: '*',
  control: 'enforceable',
  unwindable: false,
  since: String(now - 3_600),
  ...more,
})

/** A loan of 150 against 300 (thousands of dollars), and 2 ETH in the wallet. */
function holding(agreements: readonly AgreementFact[], { cut, facts }: Evidence = evidence(now, 300, 150)): Evidence {
  const alpha = facts.chains.alpha!
  const free = { ...alpha.positions[0]!, protocol: 'wallet', market: '0xe0', raw: String(2n * 10n ** 18n) }
  const feeds = ['WETH', 'USDC'].map((base, index) => ({
    ...{ chain: 'alpha', feed: `0xfeed${index}`, base, quote: 'USD', heartbeatSeconds: 3_600, band: null },
  }))
  return {
    cut,
    facts: {
      reference: { ...facts.reference, feeds },
      chains: { alpha: { ...alpha, positions: [...alpha.positions, free] } },
      agreements,
    },
  }
}

const asked = (venue: string | null, model: 'cross' | 'portfolio' = 'cross') => {
  const { request, ...of } = question('latest')
  return { ...of, request: { ...request, venue, model } }
}
const answered = (agreements: readonly AgreementFact[]) => served(asked('acme'), holding(agreements))
const units = (text: string) => BigInt(text.replace('.', ''))
type Row = { readonly protocol: string; readonly side: string; readonly control: string; readonly credit: string }
const creditOf = (rows: readonly Row[], control: string) =>
  rows.filter((row) => row.control === control).reduce((total, { credit }) => total + units(credit), 0n)

describe('control', () => {
  it('makes every credit indicative where nothing was agreed, and says why', () => {
    const { reference, chains } = holding([]).facts
    const nobody = served(asked(null), { cut: holding([]).cut, facts: { reference, chains } })
    expect(nobody).toMatchObject({ venue: null, agreements: [], indicativeReason: 'no venue is named' })
    const stranger = answered([])
    expect(stranger).toMatchObject({
      venue: 'acme',
      agreements: [],
      indicativeReason: 'nothing was agreed with this venue at the cut',
    })
    for (const body of [nobody, stranger]) {
      expect(units(body.collateralCredit)).toBeGreaterThan(0n)
      expect(body).toMatchObject({
        indicativeCredit: body.collateralCredit,
        noticeCredit: '0.00000000',
        enforceableCredit: '0.00000000',
      })
      for (const { control } of body.collateral) expect(control).toBe('none')
    }
    // Being asked by a stranger changes what is said of the figure, never the figure.
    expect(stranger.marginBalance).toBe(nobody.marginBalance)
  })

  it('splits the credit into what the venue can take, be told of, and only watch: exactly, over rows of every control', () => {
    const body = answered([
      agreed({ control: 'notice' }),
      agreed({ protocol: 'aave-v3', unwindable: true }),
      agreed({ account: `0x${'bb'.repeat(20)}` }),
    ])
    const rows: readonly Row[] = body.collateral
    expect(rows.map(({ protocol, side, control }) => `${protocol} ${side} ${control}`)).toEqual([
      'wallet supply notice',
      'aave-v3 collateral enforceable',
      'aave-v3 borrow enforceable',
    ])
    for (const [name, control] of [
      ['indicativeCredit', 'none'],
      ['noticeCredit', 'notice'],
      ['enforceableCredit', 'enforceable'],
    ] as const)
      expect(units(body[name])).toBe(creditOf(rows, control))
    expect(units(body.noticeCredit)).toBeGreaterThan(0n)
    expect(units(body.indicativeCredit) + units(body.noticeCredit) + units(body.enforceableCredit)).toBe(
      units(body.collateralCredit),
    )
    expect(body.indicativeReason).toBeNull()
    expect(body.agreements).toHaveLength(3)
    expect(body.lendingUnits).toMatchObject([{ control: 'enforceable', unwindable: true }])
  })

  it('gives an unwindable loan the equity less the cost of unwinding, and any other what can be moved', () => {
    const step = (agreements: readonly AgreementFact[], market: Evidence = evidence(now, 300, 150)) => {
      const [unit] = served(asked('acme'), holding(agreements, market)).lendingUnits
      const found = unit.steps.find((row: { step: string }) => row.step === 'encumbrance')
      return {
        equity: unit.equity,
        movable: unit.movable,
        rule: found.rule,
        left: units(found.input) - units(found.amount),
      }
    }
    const unwinding = step([agreed({ unwindable: true })])
    expect(unwinding).toMatchObject({ equity: '150000.00000000', rule: 'unwind', left: 14_932_500_000_000n })
    for (const control of ['none', 'notice', 'enforceable'] as const) {
      const withdrawing = step([agreed({ control })])
      expect(withdrawing.rule).toBe('min(E,W)')
      expect(withdrawing.left).toBe(units(withdrawing.movable))
    }
    // Close to liquidation nothing can be withdrawn any more, but the loan can still be repaid.
    const tight = evidence(now, 200, 150)
    expect(step([agreed({})], tight).left).toBe(0n)
    expect(step([agreed({ unwindable: true })], tight).left).toBe(4_977_500_000_000n)
  })

  it('charges an unwindable loan for what its credit can lose', () => {
    const portfolio = (agreements: readonly AgreementFact[]) =>
      served(asked('acme', 'portfolio'), holding(agreements, evidence(now, 200, 150)))
    const watching = portfolio([])
    const unwinding = portfolio([agreed({ unwindable: true })])
    expect(units(unwinding.marginBalance)).toBeGreaterThan(units(watching.marginBalance))
    // A unit with credit has something to lose in the scenarios; one without has not.
    expect(units(unwinding.initialMargin)).toBeGreaterThan(units(watching.initialMargin))
  })

  it('is part of what is hashed and computed again', () => {
    const body = answered([agreed({ chain: 'alpha', protocol: 'aave-v3', unwindable: true })])
    expect(verifyAnswer(JSON.stringify(body))).toMatchObject({ kind: 'verified', stateHash: body.stateHash })
    expect(body.stateHash).not.toBe(answered([]).stateHash)
    expect(answered([]).stateHash).not.toBe(served(asked('other'), holding([])).stateHash)
    const claimed = { ...body, enforceableCredit: body.collateralCredit, indicativeCredit: '0.00000000' }
    expect(verifyAnswer(JSON.stringify(claimed)).kind).toBe('differs')
  })
})
