import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AgreementFact } from '../../../../src/api/facts'
import { controlOf } from '../../../../src/api/valuation/controlOf'

const account = `0x${'aa'.repeat(20)}`
const place = { account, chain: 'alpha', protocol: 'aave-v3' }
const agreed = (
  chain: string,
  protocol: string,
  control: AgreementFact['control'],
  unwindable = false,
  owner = account,
): AgreementFact => ({ account: owner, chain, protocol, control, unwindable, since: '1' })

const controls = fc.constantFrom('none', 'notice', 'enforceable' as const)
const agreements = fc.uniqueArray(
  fc.record({
    account: fc.constantFrom(account, `0x${'bb'.repeat(20)}`),
    chain: fc.constantFrom('*', 'alpha', 'beta'),
    protocol: fc.constantFrom('*', 'aave-v3', 'wallet'),
    control: controls,
    unwindable: fc.boolean(),
    since: fc.constant('1'),
  }),
  { selector: ({ account, chain, protocol }) => `${account} ${chain} ${protocol}` },
) as fc.Arbitrary<readonly AgreementFact[]>

describe('controlOf', () => {
  it('is none without an agreement about the account, the chain and the protocol', () => {
    const none = { control: 'none', unwindable: false }
    expect(controlOf([], place)).toEqual(none)
    expect(controlOf([agreed('*', '*', 'enforceable', true, `0x${'bb'.repeat(20)}`)], place)).toEqual(none)
    expect(controlOf([agreed('beta', '*', 'enforceable', true)], place)).toEqual(none)
    expect(controlOf([agreed('*', 'wallet', 'enforceable', true)], place)).toEqual(none)
  })

  it('is decided by the agreement that names the place most closely, be it the stronger or the weaker', () => {
    const wide = agreed('*', '*', 'notice')
    const chain = agreed('alpha', '*', 'none')
    const protocol = agreed('*', 'aave-v3', 'enforceable', true)
    const both = agreed('alpha', 'aave-v3', 'enforceable')
    expect(controlOf([wide], place)).toEqual({ control: 'notice', unwindable: false })
    expect(controlOf([wide, protocol], place)).toEqual({ control: 'enforceable', unwindable: true })
    expect(controlOf([wide, chain], place)).toEqual({ control: 'none', unwindable: false })
    expect(controlOf([wide, chain, protocol, both], place)).toEqual({ control: 'enforceable', unwindable: false })
  })

  it('is the weaker where one agreement names the chain and another the protocol', () => {
    const pair = [agreed('alpha', '*', 'enforceable', true), agreed('*', 'aave-v3', 'enforceable')]
    expect(controlOf(pair, place)).toEqual({ control: 'enforceable', unwindable: false })
    expect(controlOf([agreed('alpha', '*', 'notice'), pair[1]!], place).control).toBe('notice')
  })

  it('depends neither on the order of agreements nor on those about something else', () => {
    fc.assert(
      fc.property(agreements, fc.integer({ min: 0, max: 20 }), (rows, turn) => {
        const found = controlOf(rows, place)
        expect(controlOf([...rows.slice(turn), ...rows.slice(0, turn)], place)).toEqual(found)
        const about = rows.filter(
          ({ account: owner, chain, protocol }) => owner === account && chain !== 'beta' && protocol !== 'wallet',
        )
        expect(controlOf(about, place)).toEqual(found)
        if (about.length === 0) expect(found.control).toBe('none')
      }),
    )
  })
})
