import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  add,
  ceilFraction,
  type Fraction,
  floorFraction,
  fraction,
  fractionToNumber,
  multiply,
} from '../../../engine/collateral/look-through/fraction'
import { type Claim, type ClaimDefinition, lookThrough } from '../../../engine/collateral/look-through/lookThrough'
import { propertyRuns } from '../propertyRuns'

const claim = (asset: string, quantity: bigint, id = 'claim'): Claim => ({
  id,
  asset,
  quantity,
  path: ['alpha', 'wallet'],
})
const vault = (
  supply: bigint,
  holdings: Record<string, bigint>,
  units: ClaimDefinition['units'] = [],
): ClaimDefinition => ({
  supply,
  holdings: Object.entries(holdings).map(([asset, quantity]) => ({ asset, quantity })),
  units,
})
const map = (definitions: Record<string, ClaimDefinition>) => new Map(Object.entries(definitions))

describe('fraction', () => {
  it('is reduced and exact', () => {
    expect(fraction(6n, 4n)).toEqual({ numerator: 3n, denominator: 2n })
    expect(fraction(5n)).toEqual({ numerator: 5n, denominator: 1n })
    expect(fraction(0n, 7n)).toEqual({ numerator: 0n, denominator: 1n })
    expect(multiply(fraction(2n, 3n), fraction(3n, 4n))).toEqual(fraction(1n, 2n))
    expect(add(fraction(1n, 3n), fraction(1n, 6n))).toEqual(fraction(1n, 2n))
  })

  it('rounds down for assets and up for debts', () => {
    expect([floorFraction(fraction(7n, 2n)), ceilFraction(fraction(7n, 2n))]).toEqual([3n, 4n])
    expect([floorFraction(fraction(8n, 2n)), ceilFraction(fraction(8n, 2n))]).toEqual([4n, 4n])
    expect([floorFraction(fraction(0n)), ceilFraction(fraction(0n))]).toEqual([0n, 0n])
  })

  it('becomes the nearest float64', () => {
    expect(fractionToNumber(fraction(1n, 3n))).toBe(1 / 3)
    expect(fractionToNumber(fraction(0n))).toBe(0)
    expect(fractionToNumber(fraction(2n ** 80n + 1n))).toBe(2 ** 80)
    expect(fractionToNumber(fraction(1n, 10n ** 18n))).toBe(1e-18)
    // Halfway cases go to even, and anything above half goes up.
    expect(fractionToNumber(fraction(2n ** 53n + 1n))).toBe(2 ** 53)
    expect(fractionToNumber(fraction((2n ** 53n + 1n) * 10n ** 40n + 1n, 10n ** 40n))).toBe(2 ** 53 + 2)
    expect(fractionToNumber(fraction(1n, 2n ** 1010n))).toBe(2 ** -1010)
    const any = fc.bigInt({ min: 1n, max: 2n ** 60n })
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 53n }), fc.bigInt({ min: 1n, max: 2n ** 53n }), (a, b) => {
        return fractionToNumber(fraction(a, b)) === Number(a) / Number(b)
      }),
      { numRuns: propertyRuns(2000), seed: 1 },
    )
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        const product = multiply(fraction(a, b), fraction(b, c))
        return fractionToNumber(product) === fractionToNumber(fraction(a, c))
      }),
      { numRuns: propertyRuns(1000), seed: 1 },
    )
  })
})

describe('lookThrough', () => {
  it('leaves a plain token as it is', () => {
    const found = lookThrough([claim('USDC', 5n)], map({}))
    expect(found.leaves).toEqual([{ claim: 'claim', asset: 'USDC', quantity: fraction(5n), path: ['alpha', 'wallet'] }])
    expect([found.units, found.looped, found.missing]).toEqual([[], [], []])
    expect(lookThrough([claim('USDC', 0n)], map({})).leaves).toEqual([])
  })

  it('replaces a share of a share by what is in the end, with the way there', () => {
    const definitions = map({
      outer: vault(4n, { inner: 6n, DAI: 8n, dust: 0n }),
      inner: vault(9n, { USDC: 100n }),
    })
    const found = lookThrough([claim('outer', 1n), claim('inner', 3n, 'second')], definitions)
    expect(found.leaves).toEqual([
      { claim: 'claim', asset: 'DAI', quantity: fraction(2n), path: ['alpha', 'wallet', 'outer'] },
      { claim: 'second', asset: 'USDC', quantity: fraction(300n, 9n), path: ['alpha', 'wallet', 'inner'] },
      { claim: 'claim', asset: 'USDC', quantity: fraction(600n, 36n), path: ['alpha', 'wallet', 'outer', 'inner'] },
    ])
    expect(found.looped).toEqual([])
  })

  it('takes the same fraction of a vault’s lending positions, supply and debt', () => {
    const unit = {
      id: 'aave',
      collateral: [{ asset: 'WETH', quantity: 30n }],
      debt: [{ asset: 'USDC', quantity: 50n }],
    }
    const found = lookThrough([claim('levered', 1n)], map({ levered: vault(10n, { USDC: 20n }, [unit]) }))
    expect(found.units).toEqual([
      {
        claim: 'claim',
        unit: 'aave',
        path: ['alpha', 'wallet', 'levered'],
        collateral: [{ asset: 'WETH', quantity: fraction(3n) }],
        debt: [{ asset: 'USDC', quantity: fraction(5n) }],
      },
    ])
    expect(found.leaves).toEqual([
      { claim: 'claim', asset: 'USDC', quantity: fraction(2n), path: ['alpha', 'wallet', 'levered'] },
    ])
  })

  it('cuts what leads back to itself and says so', () => {
    const definitions = map({
      self: vault(10n, { self: 2n, USDC: 8n }),
      left: vault(10n, { right: 5n }),
      right: vault(10n, { left: 5n, DAI: 5n }),
    })
    const own = lookThrough([claim('self', 10n)], definitions)
    expect(own.leaves.map(({ asset, quantity }) => [asset, quantity])).toEqual([['USDC', fraction(8n)]])
    expect(own.looped).toEqual([
      { claim: 'claim', asset: 'self', quantity: fraction(2n), path: ['alpha', 'wallet', 'self'] },
    ])
    const ring = lookThrough([claim('left', 10n)], definitions)
    expect(ring.looped.map(({ asset, path }) => [asset, path.slice(2)])).toEqual([['left', ['left', 'right']]])
    expect(ring.leaves.map(({ asset, quantity }) => [asset, quantity])).toEqual([['DAI', fraction(5n, 2n)]])
  })

  it('cuts own shares pledged by the vault itself, and keeps the debt', () => {
    const unit = {
      id: 'morpho',
      collateral: [
        { asset: 'self', quantity: 4n },
        { asset: 'WETH', quantity: 1n },
      ],
      debt: [{ asset: 'USDC', quantity: 2n }],
    }
    const found = lookThrough([claim('self', 5n)], map({ self: vault(10n, {}, [unit]) }))
    expect(found.units[0]!.collateral).toEqual([{ asset: 'WETH', quantity: fraction(1n, 2n) }])
    expect(found.units[0]!.debt).toEqual([{ asset: 'USDC', quantity: fraction(1n) }])
    expect(found.looped).toEqual([
      { claim: 'claim', asset: 'self', quantity: fraction(2n), path: ['alpha', 'wallet', 'self', 'morpho'] },
    ])
  })

  it('is allowed to meet one token on two ways', () => {
    const definitions = map({
      a: vault(1n, { c: 1n }),
      b: vault(1n, { c: 1n }),
      both: vault(1n, { a: 1n, b: 1n }),
      c: vault(1n, { USDC: 1n }),
    })
    const found = lookThrough([claim('both', 1n)], definitions)
    expect(found.leaves).toHaveLength(2)
    expect(found.looped).toEqual([])
  })

  it('follows eight wrappers and gives the ninth up', () => {
    const chain = (depth: number) =>
      map(
        Object.fromEntries(
          Array.from({ length: depth }, (_, level) => [`v${level}`, vault(2n, { [`v${level + 1}`]: 2n })]),
        ),
      )
    const eight = lookThrough([claim('v0', 1n)], chain(8))
    expect(eight.leaves.map(({ asset }) => asset)).toEqual(['v8'])
    const nine = lookThrough([claim('v0', 1n)], chain(9))
    expect(nine.leaves).toEqual([])
    expect(nine.missing).toHaveLength(1)
    expect(nine.missing[0]).toMatchObject({ asset: 'v8', reasonCode: 'DEPTH_EXCEEDED', quantity: fraction(1n) })
  })

  it('does not share what has no supply', () => {
    const found = lookThrough([claim('empty', 1n)], map({ empty: vault(0n, { USDC: 5n }) }))
    expect(found.leaves).toEqual([])
    expect(found.missing).toMatchObject([{ asset: 'empty', reasonCode: 'VAULT_REVERTED' }])
  })

  it('gives up the deepest claims when vaults are stuffed with each other', () => {
    const names = Array.from({ length: 12 }, (_, index) => `v${index}`)
    const stuffed = map(
      Object.fromEntries(
        names.map((name) => [
          name,
          vault(10n, { USDC: 100n, ...Object.fromEntries(names.map((other) => [other, 1n])) }),
        ]),
      ),
    )
    const found = lookThrough([claim('v0', 10n)], stuffed)
    expect(found.leaves[0]).toMatchObject({ asset: 'USDC', quantity: fraction(100n) })
    expect(found.leaves.length).toBe(10_000)
    expect(found.missing.length).toBeGreaterThan(0)
    expect(found.missing.every(({ reasonCode, path }) => reasonCode === 'DEPTH_EXCEEDED' && path.length > 5)).toBe(true)
  })

  it('conserves value exactly at zero haircut', () => {
    // Vault i holds only vaults above it and plain tokens: no loops, any depth up to the limit.
    const world = fc.array(
      fc.record({
        supply: fc.bigInt({ min: 1n, max: 10n ** 12n }),
        tokens: fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 2, maxLength: 2 }),
        shares: fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 8, maxLength: 8 }),
        collateral: fc.bigInt({ min: 0n, max: 10n ** 12n }),
        debt: fc.bigInt({ min: 0n, max: 10n ** 12n }),
      }),
      { minLength: 1, maxLength: 5 },
    )
    const prices: Record<string, bigint> = { T0: 3n, T1: 7n }
    fc.assert(
      fc.property(world, fc.bigInt({ min: 1n, max: 10n ** 12n }), (vaults, held) => {
        const definitions = map(
          Object.fromEntries(
            vaults.map(({ supply, tokens, shares, collateral, debt }, index) => [
              `V${index}`,
              vault(
                supply,
                {
                  T0: tokens[0]!,
                  T1: tokens[1]!,
                  ...Object.fromEntries(
                    vaults.slice(index + 1).map((_, step) => [`V${index + 1 + step}`, shares[step]!]),
                  ),
                },
                [
                  {
                    id: 'unit',
                    collateral: [{ asset: 'T0', quantity: collateral }],
                    debt: [{ asset: 'T1', quantity: debt }],
                  },
                ],
              ),
            ]),
          ),
        )
        const zero = fraction(0n)
        const minus = (value: Fraction): Fraction => ({ ...value, numerator: -value.numerator })
        const total = (values: readonly Fraction[]) => values.reduce(add, zero)
        const tokenValue = (asset: string, quantity: Fraction) => multiply(quantity, fraction(prices[asset]!))
        // Value of one whole vault by definition, from the last one back.
        const worth = new Map<string, Fraction>()
        for (let index = vaults.length - 1; index >= 0; index--) {
          const { holdings, units } = definitions.get(`V${index}`)!
          const own = holdings.map(({ asset, quantity }) => {
            const inner = definitions.get(asset)
            return inner === undefined
              ? tokenValue(asset, fraction(quantity))
              : multiply(worth.get(asset)!, fraction(quantity, inner.supply))
          })
          const pledged = units.flatMap((unit) => [
            ...unit.collateral.map(({ asset, quantity }) => tokenValue(asset, fraction(quantity))),
            ...unit.debt.map(({ asset, quantity }) => minus(tokenValue(asset, fraction(quantity)))),
          ])
          worth.set(`V${index}`, total([...own, ...pledged]))
        }
        const found = lookThrough([claim('V0', held)], definitions)
        const seen = total([
          ...found.leaves.map(({ asset, quantity }) => tokenValue(asset, quantity)),
          ...found.units.flatMap(({ collateral, debt }) => [
            ...collateral.map(({ asset, quantity }) => tokenValue(asset, quantity)),
            ...debt.map(({ asset, quantity }) => minus(tokenValue(asset, quantity))),
          ]),
        ])
        const expected = multiply(worth.get('V0')!, fraction(held, vaults[0]!.supply))
        return (
          seen.numerator * expected.denominator === expected.numerator * seen.denominator &&
          found.looped.length === 0 &&
          found.missing.length === 0
        )
      }),
      { numRuns: propertyRuns(1000), seed: 13 },
    )
  })
})
