import type { MarginInput } from '../../../engine/types'

const AT = 1_790_000_000
const DAY = 86_400

/** The account of `docs/worked-portfolio.md`. */
export const workedPortfolio: MarginInput = {
  model: 'portfolio',
  at: AT,
  cash: 5_000,
  lendingUnits: [
    {
      id: 'aave',
      rule: 'aave',
      control: 'enforceable',
      chain: 'ethereum',
      protocol: 'aave-v3',
      collateral: [
        {
          asset: 'ETH',
          quantity: 120,
          liquidationThreshold: 0.83,
          maxLtv: 0.8,
          liquidationIncentive: 1.05,
          haircut: { oracleSources: 2 },
        },
      ],
      debt: [{ asset: 'USDC', quantity: 150_000 }],
    },
  ],
  positions: [
    { id: 'perp', kind: 'perp', underlying: 'ETH', quantity: -40, entryPrice: 2_550 },
    {
      id: 'call-2600',
      kind: 'option',
      underlying: 'ETH',
      quantity: 20,
      strike: 2_600,
      expiry: AT + 30 * DAY,
      optionType: 'call',
      impliedVol: 0.6,
    },
    {
      id: 'call-3000',
      kind: 'option',
      underlying: 'ETH',
      quantity: -20,
      strike: 3_000,
      expiry: AT + 30 * DAY,
      optionType: 'call',
      impliedVol: 0.6,
    },
  ],
  marketData: { assets: { ETH: { indexPrice: 2_500, class: 'ETH' }, USDC: { indexPrice: 1, class: 'majorStable' } } },
}

/** Normal distribution by Simpson's rule: nothing of the engine's. */
function normal(x: number): number {
  const steps = 4_000
  const width = Math.abs(x) / steps
  const density = (z: number) => Math.exp(-z * z * 0.5) / Math.sqrt(2 * Math.PI)
  let sum = density(0) + density(Math.abs(x))
  for (let step = 1; step < steps; step += 1) sum += (step % 2 === 0 ? 2 : 4) * density(step * width)
  return 0.5 + (Math.sign(x) * sum * width) / 3
}

/** A call without rates, by the textbook formula. */
function call(forward: number, strike: number, vol: number): number {
  const deviation = vol * Math.sqrt(30 / 365)
  const d1 = Math.log(forward / strike) / deviation + deviation / 2
  return forward * normal(d1) - strike * normal(d1 - deviation)
}

/** Every figure of the account, computed here by hand. */
export function workedByHand() {
  const collateral = 120 * 2_500
  const debt = 150_000
  const healthFactor = (collateral * 0.83) / debt
  const movable = (0.83 * collateral - 1.25 * debt) / 0.83
  const spreadNow = 20 * (call(2_500, 2_600, 0.6) - call(2_500, 3_000, 0.6))
  const perpPnl = -40 * (2_500 - 2_550)
  const balance = movable + 5_000 + spreadNow + perpPnl
  const shockedVol = 0.6 * (1 - 0.275)
  const spreadThen = 20 * (call(2_000, 2_600, shockedVol) - call(2_000, 3_000, shockedVol))
  const movableThen = (0.83 * 240_000 - 1.25 * 153_000) / 0.83
  const spreadLoss = spreadNow - spreadThen
  const unitLoss = movable - movableThen
  const perpGain = 40 * 500
  const scan = unitLoss + spreadLoss - perpGain
  const funding = 40 * 2_500 * 0.0003
  const threshold = 0.35 * movableThen
  const integral = 0.2 * threshold * (1 + (2 / 3) * ((movableThen / threshold) ** 1.5 - 1))
  const concentration = integral - 0.2 * movableThen
  const initial = scan + funding + concentration
  const maintenance = 0.8 * scan + concentration
  return {
    collateral,
    debt,
    equity: collateral - debt,
    healthFactor,
    movable,
    spreadNow,
    perpPnl,
    balance,
    shockedVol,
    spreadThen,
    spreadLoss,
    movableThen,
    unitLoss,
    perpGain,
    scan,
    funding,
    threshold,
    concentration,
    initial,
    maintenance,
    excessInitial: balance - initial,
    excessMaintenance: balance - maintenance,
    ratio: maintenance / balance,
  }
}

const usd = (figure: number) => figure.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** The page, with every number filled in from `workedByHand`. */
export function workedDocument(): string {
  const hand = workedByHand()
  return `# A portfolio to check by hand

120 ETH in an Aave account with 150,000 USDC borrowed, a short ETH perp, a call spread and 5,000 USD of cash, under \`house-1\`, model
\`portfolio\`. ETH is at 2,500 USD, USDC at 1. Every number on this page is computed by a test without the engine and compared with the
engine's; the page itself is compared with the test (\`test/engine/margin/workedPortfolio.test.ts\`).

\`\`\`json
${JSON.stringify({ input: workedPortfolio }, null, 2)}
\`\`\`

Save it as \`worked.json\` and run \`npm run engine -- margin worked.json\`.

## What it is worth now

| figure | how | value |
| --- | --- | --- |
| collateral C | 120 · 2,500 | ${usd(hand.collateral)} |
| debt D | 150,000 · 1 | ${usd(hand.debt)} |
| health factor | 0.83 · C ÷ D | ${hand.healthFactor.toFixed(4)} |
| equity E | max(0, C − D) | ${usd(hand.equity)} |
| movable W | (0.83 · C − 1.25 · D) ÷ 0.83 | ${usd(hand.movable)} |
| collateral credit | min(E, W); no haircut applies in this model | ${usd(hand.movable)} |
| cash | | ${usd(5_000)} |
| call spread | 20 · (call 2,600 − call 3,000), Black-76, 30 days, 60 % | ${usd(hand.spreadNow)} |
| perp P&L | −40 · (2,500 − 2,550) | ${usd(hand.perpPnl)} |
| **margin balance** | sum of the four | **${usd(hand.balance)}** |

The owner has ${usd(hand.equity)} of equity, but a venue that can only take what can be withdrawn at a health factor of 1.25 can
rely on ${usd(hand.movable)}.

## The worst scenario: ETH −20 %, volatility down

At 30 days the volatility move is the set's own range: 60 % · (1 − 0.275) = ${(100 * hand.shockedVol).toFixed(1)} %. The loan is one instrument with two
factors, so USDC moves against the owner at the same time, by the 2 % of its scan range.

| leg | how | loss |
| --- | --- | --- |
| Aave unit | ${usd(hand.movable)} − (0.83 · 240,000 − 1.25 · 153,000) ÷ 0.83 = ${usd(hand.movable)} − ${usd(hand.movableThen)} | ${usd(hand.unitLoss)} |
| short perp | −40 · 500 | ${usd(-hand.perpGain)} |
| call spread | ${usd(hand.spreadNow)} − ${usd(hand.spreadThen)} | ${usd(hand.spreadLoss)} |
| **scan** | | **${usd(hand.scan)}** |

The equity of the unit falls by 63,000, what the venue can rely on by ${usd(hand.unitLoss)}: a lending position is short its own
liquidation. No named crash, at its weight of one half, and no breakpoint of the unit, at its tail weight, is worse.

## The requirement

| figure | how | value |
| --- | --- | --- |
| adverse funding, 8 h | 40 · 2,500 · 0.0003 | ${usd(hand.funding)} |
| concentration | Q = ${usd(hand.movableThen)} survives the unit's own worst scenario, all in one protocol: T = 0.35 · Q = ${usd(hand.threshold)}, 0.2 · T · (1 + ⅔ · ((Q ÷ T)^1.5 − 1)) − 0.2 · Q | ${usd(hand.concentration)} |
| **initial margin** | scan + funding + concentration | **${usd(hand.initial)}** |
| **maintenance margin** | 0.8 · scan + concentration | **${usd(hand.maintenance)}** |
| excess over initial | | ${usd(hand.excessInitial)} |
| excess over maintenance | | ${usd(hand.excessMaintenance)} |
| margin ratio | maintenance ÷ balance | ${hand.ratio.toFixed(4)} |
`
}
