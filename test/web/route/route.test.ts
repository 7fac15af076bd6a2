import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../../web/route/parseAddress'
import { defaultRoute, finalities, formatRoute, models, parseRoute } from '../../../web/route/route'

const address = '0x00000000000000000000000000000000000000a1'

describe('route', () => {
  it('carries the address alone when the rest is the default', () => {
    expect(formatRoute({ ...defaultRoute, account: address })).toBe(`#${address}`)
    expect(parseRoute(`#${address}`)).toEqual({ ...defaultRoute, account: address })
  })

  it('reads back whatever it writes', () => {
    const route = fc.record({
      account: fc.string({ minLength: 1 }),
      model: fc.constantFrom(...models),
      finality: fc.constantFrom(...finalities),
      venue: fc.oneof(fc.constant(''), fc.stringMatching(/^[a-z][a-z0-9_-]{0,39}$/)),
    })
    fc.assert(
      fc.property(route, (given) => {
        // A question mark ends the account, and no address holds one.
        fc.pre(!given.account.includes('?'))
        expect(parseRoute(formatRoute(given))).toEqual(given)
      }),
    )
  })

  it('falls back to the default for a model or tier it does not know', () => {
    expect(parseRoute(`#${address}?model=magic&finality=never`)).toEqual({ ...defaultRoute, account: address })
    expect(parseRoute('#%E0%A4%A')).toEqual({ ...defaultRoute, account: '%E0%A4%A' })
  })
})

describe('parseAddress', () => {
  it('takes an address in any case, with blanks around it', () => {
    expect(parseAddress(`  ${address.toUpperCase().replace('0X', '0x')}\n`)).toEqual({ kind: 'address', address })
  })

  it('leaves a checksum for the API to verify', () => {
    const mixed = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045'
    expect(parseAddress(mixed)).toEqual({ kind: 'address', address: mixed })
  })

  it.each([
    ['', /Enter an account address/],
    ['vitalik.eth', /Names are not looked up/],
    ['1234', /starts with 0x/],
    ['0x12', /40 hex digits after 0x. This has 2/],
    [`0x${'a'.repeat(64)}`, /This has 64, more like a transaction/],
    [`0x${'g'.repeat(40)}`, /holds “g”/],
  ])('says what is wrong with %j', (typed, words) => {
    const result = parseAddress(typed)
    expect(result.kind).toBe('problem')
    expect(result.kind === 'problem' && result.message).toMatch(words)
  })
})
