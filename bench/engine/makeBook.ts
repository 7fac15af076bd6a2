import type { AccountInput, AssetMarket, LendingUnit, PositionInput, TickInput } from '../../engine/types'

const AT = 1_790_000_000
const DAY = 86_400
const OPTIONS = 60
const PERPS = 40
const PAST_DAYS = 500

const assets: Readonly<Record<string, AssetMarket>> = {
  BTC: { indexPrice: 60_000, class: 'BTC', vol: 0.55 },
  ETH: { indexPrice: 2_500, class: 'ETH', vol: 0.65 },
  SOL: { indexPrice: 150, class: 'largeAlt', vol: 0.9 },
  USDC: { indexPrice: 1, class: 'majorStable' },
}

const underlyings = ['BTC', 'ETH', 'SOL']

/** Numbers in [0, 1), the same ones every run. */
function uniform(): () => number {
  let state = 1
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** One market with past joint moves. */
export function makeMarket(): TickInput {
  const random = uniform()
  const returns = underlyings.map((asset): [string, readonly number[]] => [
    asset,
    Array.from({ length: PAST_DAYS }, () => 0.1 * (random() - 0.5)),
  ])
  return { at: AT, marketData: { assets, history: { returns: Object.fromEntries(returns) } } }
}

function position(index: number, quantity: number): PositionInput {
  const underlying = underlyings[index % underlyings.length] as string
  const terms = { id: `p${index}`, underlying, quantity }
  if (index >= OPTIONS) return { ...terms, kind: 'perp' }
  const price = Number(assets[underlying]?.indexPrice)
  const expiry = AT + DAY * [7, 30, 90, 180][index % 4]!
  const optionType = index % 2 === 0 ? 'call' : 'put'
  return { ...terms, kind: 'option', strike: price * (0.7 + 0.04 * (index % 16)), expiry, optionType }
}

function lendingUnit(index: number, quantity: number): LendingUnit {
  const terms = { liquidationThreshold: 0.83, maxLtv: 0.8, liquidationIncentive: 1.05 }
  return {
    id: `u${index}`,
    rule: 'aave',
    control: 'enforceable',
    collateral: [{ asset: 'ETH', quantity, ...terms }],
    debt: [{ asset: 'USDC', quantity: 1_200 * quantity }],
  }
}

/** Accounts of 100 positions, 60 of them options, and three lending units: the same contracts, other sizes. */
export function makeAccounts(count: number): readonly AccountInput[] {
  const random = uniform()
  return Array.from({ length: count }, () => ({
    model: 'portfolio',
    cash: 10_000,
    positions: Array.from({ length: OPTIONS + PERPS }, (_, index) => position(index, random() - 0.5)),
    lendingUnits: Array.from({ length: 3 }, (_, index) => lendingUnit(index, 100 * random())),
  }))
}
