import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../devnet/random'
import type { Question } from '../../../src/api/answer'
import type { AnswerFact, CloseFact } from '../../../src/api/facts'
import type { Evidence } from '../../../src/api/valuation/figure'
import { verifyAnswer } from '../../../src/api/verify/verifyAnswer'
import { evidence, now, question, served } from './support/evidence'
import { daySeconds } from './support/pastFacts'

const today = Math.floor(now / daySeconds)
const raw = (price: number) => String(Math.round(price * 1e8))
const standing = 2_500

/** A price of ETH for every midnight, ending at 2,500, which is where it stands. */
function closes(days: number): readonly CloseFact[] {
  const random = seededRandom(7, 'closes')
  let price = standing
  return Array.from({ length: days + 1 }, (_, back): CloseFact => {
    const day = today - back
    if (back > 7) price *= 1 + (random.integer(0, 8_000) - 4_000) / 100_000
    return [day, day * daySeconds - 60, raw(price)]
  }).reverse()
}

/** The account of 300 thousand against 150 thousand, with a past of ETH's price. */
function withPast(days: number, answers: readonly AnswerFact[] = [], of = evidence(now, 300, 150)): Evidence {
  const { cut, facts } = of
  const feeds = ['WETH', 'USDC'].map((base, index) => ({
    chain: 'alpha',
    feed: `0xfeed${index}`,
    base,
    quote: 'USD',
    heartbeatSeconds: 86_400,
    band: null,
  }))
  const history = { alpha: [{ feed: '0xfeed0', closes: closes(days), answers }] }
  return { cut, facts: { ...facts, reference: { ...facts.reference, feeds }, history } }
}

const asked = (request: Partial<Question['request']> = {}): Question => {
  const base = question('latest')
  return { ...base, request: { ...base.request, ...request } }
}
const perp = { id: 'p', kind: 'perp', underlying: 'ETH', quantity: -20, entryPrice: standing } as const
const exposed = { positions: [perp], cash: 100_000 }

describe('an answer', () => {
  it('says that joint moves are not known, and why; it never says 0 for it', () => {
    for (const days of [0, 249]) {
      const { components } = served(asked(exposed), withPast(days))
      expect(components.joint).toBeNull()
      expect(components.jointReason).toContain('250 daily moves')
    }
    const without = served(asked(), evidence(now, 300, 150)).components
    expect(without.joint).toBeNull()
    expect(without.jointReason).not.toBeNull()
    const ofNone = served(asked({ parameters: { extends: 'house-1', joint: null } }), withPast(300)).components
    expect(ofNone).toMatchObject({ joint: null, jointReason: 'the parameter set has no joint moves' })
    for (const model of ['cross', 'isolated'] as const)
      expect(served(asked({ model }), withPast(300)).components).toMatchObject({
        joint: null,
        jointReason: expect.stringContaining('the model'),
      })
  })

  it('has the joint moves of 250 days and more', () => {
    const { components } = served(asked(exposed), withPast(250))
    expect(Number(components.joint)).toBeGreaterThan(0)
    expect(components.jointReason).toBeNull()
  })

  it.each(['es', 'var', 'greeks'] as const)('by %s rests on the indexed prices', (model) => {
    expect(() => served(asked({ ...exposed, model }), withPast(20))).toThrow('/marketData')
    const { measures, initialMargin } = served(asked({ ...exposed, model }), withPast(300))
    expect(Number(initialMargin)).toBeGreaterThan(0)
    expect(Object.values(measures as Record<string, string>).every((figure) => Number(figure) > 0)).toBe(true)
  })

  it('takes the market step of a haircut from the volatility, where that asks for more than the floor', () => {
    const calm = served(asked({ model: 'cross' }), withPast(0))
    const wild = { marketHistory: { volatility: { stress: { major: 20 } } } }
    const parameters = { extends: 'house-1', ...wild }
    const stressed = served(asked({ model: 'cross', parameters }), withPast(300))
    const rules = ({
      lendingUnits,
    }: {
      lendingUnits: readonly { steps: readonly { step: string; rule: string }[] }[]
    }) => lendingUnits[0]!.steps.filter(({ step }) => step === 'market').map(({ rule }) => rule)
    expect(rules(stressed)).not.toEqual(rules(calm))
    expect(Number(stressed.collateralCredit)).toBeLessThanOrEqual(Number(calm.collateralCredit))
  })

  it('asks for more initial margin at once after a fall of 10 %, for more maintenance margin after the ramp', () => {
    const fell = (secondsAgo: number): readonly AnswerFact[] => [
      [now - secondsAgo - 600, now - secondsAgo - 600, raw(standing)],
      [now - secondsAgo, now - secondsAgo, raw(0.9 * standing)],
    ]
    const at = (answers: readonly AnswerFact[]) => {
      // Named crashes are not multiplied, and concentration is charged on what survives the shocks.
      const request = {
        ...exposed,
        positions: [{ ...perp, quantity: 20 }],
        parameters: { extends: 'house-1', charges: [], stress: null, joint: null },
      }
      const { initialMargin, maintenanceMargin } = served(asked(request), withPast(300, answers))
      return { initial: Number(initialMargin), maintenance: Number(maintenanceMargin) }
    }
    const [calm, tripped, ramped] = [at([]), at(fell(0)), at(fell(3_600))]
    expect(tripped.initial).toBeGreaterThan(1.05 * calm.initial)
    expect(tripped.maintenance).toBe(calm.maintenance)
    expect(ramped.maintenance).toBeGreaterThan(1.05 * calm.maintenance)
    expect(ramped.initial).toBeLessThan(tripped.initial)
  })

  it('is computed again from its own facts, to the last digit', () => {
    const answers: readonly AnswerFact[] = [
      [now - 600, now - 600, raw(standing)],
      [now - 60, now - 60, raw(2_200)],
    ]
    for (const model of ['portfolio', 'es', 'greeks', 'cross'] as const) {
      const body = served(asked({ ...exposed, model }), withPast(300, answers))
      expect(verifyAnswer(JSON.stringify(body))).toMatchObject({ kind: 'verified' })
      const [past] = body.facts.facts.history.alpha
      const changed = { ...body.facts, facts: { ...body.facts.facts, history: { alpha: [{ ...past, answers: [] }] } } }
      expect(verifyAnswer(JSON.stringify({ ...body, facts: changed })).kind).toBe('differs')
    }
  })
})
