import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDebt } from '../../../web/api/answer'
import { isZero, printDecimal, subtractDecimals, sumDecimals } from '../../../web/format/decimal'
import { addUpSteps } from '../../../web/view/addUpSteps'
import { splitByPlace } from '../../../web/view/splitByPlace'
import { marginAnswer, row } from '../support/recordedAnswers'

const usd = fc.bigInt({ min: 0n, max: 10n ** 24n }).map((units) => printDecimal({ units, scale: 8 }))
const rows = fc.array(
  fc
    .record({
      chain: fc.constantFrom('alpha', 'beta', 'alpha-1'),
      protocol: fc.constantFrom('aave-v3:main', 'erc4626'),
      side: fc.constantFrom('supply', 'collateral', 'borrow', 'borrowStable'),
      marketValue: fc.option(usd),
    })
    .map((given) => row({ asset: 'WETH', ...given })),
)

describe('splitByPlace', () => {
  it('adds up to the rows, whatever they are', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const places = splitByPlace(given)
        const known = (debts: boolean) =>
          given.filter((item) => isDebt(item) === debts).flatMap((item) => item.marketValue ?? [])
        expect(
          isZero(subtractDecimals(sumDecimals(places.map((place) => place.collateral)), sumDecimals(known(false)))),
        ).toBe(true)
        expect(isZero(subtractDecimals(sumDecimals(places.map((place) => place.debt)), sumDecimals(known(true))))).toBe(
          true,
        )
        expect(places.reduce((count, place) => count + place.unknownCollateral + place.unknownDebt, 0)).toBe(
          given.filter((item) => item.marketValue === null).length,
        )
        expect(new Set(places.map(({ chain, protocol }) => `${chain} ${protocol}`)).size).toBe(places.length)
      }),
    )
  })

  it('counts what is unknown instead of adding it as zero', () => {
    const [place] = splitByPlace([
      row({ chain: 'alpha', protocol: 'erc4626', asset: 'X', side: 'supply', marketValue: null }),
    ])
    expect(place).toMatchObject({ collateral: '0', unknownCollateral: 1, unknownDebt: 0 })
  })
})

describe('addUpSteps', () => {
  it('is the whole way from gross to credit', () => {
    const { collateral, grossCollateralValue, collateralCredit } = marginAnswer()
    const taken = sumDecimals(addUpSteps(collateral).map(({ amount }) => amount))
    expect(isZero(subtractDecimals(subtractDecimals(grossCollateralValue!, taken), collateralCredit!))).toBe(true)
  })

  it('keeps the order in which steps are taken, and puts unknown ones last', () => {
    const given = { chain: 'alpha', protocol: 'p', asset: 'X', side: 'supply', marketValue: '100.00' }
    const steps = addUpSteps([
      row({ ...given, takes: { moon: '1.00', cap: '1.00' } }),
      row({ ...given, takes: { encumbrance: '1.00', cap: '2.50' } }),
    ])
    expect(steps).toEqual([
      { step: 'encumbrance', amount: '1.00' },
      { step: 'cap', amount: '3.50' },
      { step: 'moon', amount: '1.00' },
    ])
  })
})
