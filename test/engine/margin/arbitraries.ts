import fc from 'fast-check'
import type {
  AssetMarket,
  CashInput,
  CollateralHolding,
  LendingUnit,
  MarginInput,
  PositionInput,
} from '../../../engine/types'

/** Instant of every generated account. */
export const AT = 1_790_000_000

const DAY = 86_400

/** A small market: two majors, a wrapper, an alt and two stablecoins. */
export const assets: Readonly<Record<string, AssetMarket>> = {
  BTC: { indexPrice: 60_000, class: 'BTC', vol: 0.55, fundingRate: 0.0001 },
  ETH: { indexPrice: 2_500, class: 'ETH', vol: 0.65, fundingRate: -0.0002 },
  wstETH: { indexPrice: 2_950, class: 'LST', riskGroup: 'ETH' },
  SOL: { indexPrice: 150, class: 'largeAlt', vol: 0.9 },
  USDC: { indexPrice: 1, class: 'majorStable' },
  DAI: { indexPrice: 0.999, class: 'minorStable' },
}

const prices = new Map(Object.entries(assets).map(([asset, { indexPrice }]) => [asset, Number(indexPrice)]))

export function priceOf(asset: string): number {
  return prices.get(asset) as number
}

/** USD sizes over many orders of magnitude, zero and huge included. */
const size = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: 10, max: 1e6, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.double({ min: 1e9, max: 1e15, noNaN: true }) },
)

const ordinary = fc.double({ min: 10, max: 1e6, noNaN: true })

const crypto = fc.constantFrom('BTC', 'ETH', 'wstETH', 'SOL')
const anyAsset = fc.constantFrom('BTC', 'ETH', 'wstETH', 'SOL', 'USDC', 'DAI')
const underlying = fc.constantFrom('BTC', 'ETH', 'SOL')
const venue = fc.constantFrom('a', 'b', 'c')

export interface Sizes {
  readonly sizes: fc.Arbitrary<number>
}

export const anySize: Sizes = { sizes: size }
export const ordinarySize: Sizes = { sizes: ordinary }

export function holdingArbitrary(id: string, { sizes }: Sizes): fc.Arbitrary<CollateralHolding> {
  return fc
    .record({
      asset: anyAsset,
      usd: sizes,
      chain: venue,
      protocol: venue,
      curator: fc.option(venue, { nil: undefined }),
    })
    .map(({ asset, usd, ...rest }) => ({ id, asset, quantity: usd / priceOf(asset), ...rest }))
}

/** Units from healthy to under water, of every rule and control. */
export function unitArbitrary(id: string, { sizes }: Sizes): fc.Arbitrary<LendingUnit> {
  return fc
    .record({
      rule: fc.constantFrom('aave' as const, 'morpho' as const, 'comet' as const),
      control: fc.constantFrom('none' as const, 'notice' as const, 'enforceable' as const),
      unwindable: fc.boolean(),
      first: crypto,
      second: fc.option(anyAsset, { nil: null }),
      usd: sizes,
      secondShare: fc.double({ min: 0, max: 1, noNaN: true }),
      leverage: fc.double({ min: 0, max: 1.2, noNaN: true }),
      owed: fc.constantFrom('USDC', 'DAI', 'ETH'),
      protocol: venue,
    })
    .map(({ rule, control, unwindable, first, second, usd, secondShare, leverage, owed, protocol }) => {
      const terms = {
        liquidationThreshold: 0.83,
        maxLtv: 0.8,
        liquidationIncentive: rule === 'morpho' ? undefined : 1.05,
      }
      const leg = (asset: string, value: number) => ({ asset, quantity: value / priceOf(asset), ...terms })
      const both = rule !== 'morpho' && second !== null && second !== first
      return {
        id,
        rule,
        control,
        unwindable,
        protocol,
        chain: 'a',
        collateral: both ? [leg(first, usd), leg(second, usd * secondShare)] : [leg(first, usd)],
        debt: [{ asset: owed, quantity: (usd * leverage) / priceOf(owed) }],
      }
    })
}

function ordersArbitrary(price: number): fc.Arbitrary<PositionInput['openOrders']> {
  return fc.array(
    fc.record({
      side: fc.constantFrom('buy' as const, 'sell' as const),
      quantity: fc.double({ min: 0, max: 10, noNaN: true }),
      price: fc.constantFrom(price, price * 0.99, price * 1.02),
    }),
    { maxLength: 2 },
  )
}

/** Perps, futures and options, linear and inverse, some of them expired, some with open orders. */
export function positionArbitrary(id: string, { sizes }: Sizes, orders = true): fc.Arbitrary<PositionInput> {
  return fc
    .record({
      kind: fc.constantFrom('perp' as const, 'future' as const, 'option' as const),
      asset: underlying,
      usd: sizes,
      sign: fc.constantFrom(-1, 1),
      entryMove: fc.double({ min: 0.8, max: 1.25, noNaN: true }),
      strikeMove: fc.double({ min: 0.4, max: 2.5, noNaN: true }),
      days: fc.constantFrom(-3, 0, 0.01, 1, 7, 30, 180, 800),
      optionType: fc.constantFrom('call' as const, 'put' as const),
      settlement: fc.constantFrom('linear' as const, 'inverse' as const),
      openOrders: orders ? ordersArbitrary(100) : fc.constant(undefined),
    })
    .map(
      ({ kind, asset, usd, sign, entryMove, strikeMove, days, optionType, settlement, openOrders }): PositionInput => {
        const price = priceOf(asset)
        const inverse = settlement === 'inverse' && kind !== 'option'
        const quantity = (sign * usd) / (inverse ? 1 : price)
        const common = { id, kind, underlying: asset, quantity, settlement, openOrders }
        const expiry = AT + Math.round(days * DAY)
        if (kind === 'perp') return { ...common, entryPrice: price * entryMove }
        if (kind === 'future') return { ...common, entryPrice: price * entryMove, expiry }
        return { ...common, strike: price * strikeMove, expiry, optionType }
      },
    )
}

function listOf<T>(count: number, prefix: string, make: (id: string) => fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> {
  return fc
    .integer({ min: 0, max: count })
    .chain((length) => fc.tuple(...Array.from({ length }, (_, index) => make(`${prefix}${index}`))))
}

/** A mixed account under `house-1`. */
export function accountArbitrary(sizes: Sizes, prefix = '', orders = true): fc.Arbitrary<MarginInput> {
  const cash = fc.oneof(
    fc.double({ min: -1e5, max: 1e6, noNaN: true }),
    fc.double({ min: -1e5, max: 1e6, noNaN: true }).map((quantity): CashInput[] => [{ asset: 'USDC', quantity }]),
  )
  return fc
    .record({
      cash,
      recourseDebt: fc.constantFrom(0, 0, 5_000),
      collateral: listOf(3, `${prefix}h`, (id) => holdingArbitrary(id, sizes)),
      lendingUnits: listOf(2, `${prefix}u`, (id) => unitArbitrary(id, sizes)),
      positions: listOf(4, `${prefix}p`, (id) => positionArbitrary(id, sizes, orders)),
    })
    .map((parts): MarginInput => ({ model: 'portfolio', at: AT, ...parts, marketData: { assets } }))
}
