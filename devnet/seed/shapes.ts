import type { AssetSymbol } from '../assets'
import type { MorphoMarketName } from '../deploy/types'
import type { Random } from '../random'

/** One thing an account does on one chain. Sizes are US dollars at genesis unless they say otherwise. */
export type Step =
  | { readonly kind: 'hold'; readonly asset: AssetSymbol; readonly usd: number }
  | { readonly kind: 'supply'; readonly asset: AssetSymbol; readonly usd: number; readonly asCollateral?: false }
  /** An exact amount in the token's smallest unit. */
  | { readonly kind: 'supplyExactly'; readonly asset: AssetSymbol; readonly amount: bigint }
  | { readonly kind: 'emode' }
  | { readonly kind: 'borrow'; readonly asset: AssetSymbol; readonly usd: number }
  | { readonly kind: 'repayAll'; readonly asset: AssetSymbol }
  | { readonly kind: 'withdrawAll'; readonly asset: AssetSymbol }
  | { readonly kind: 'deposit'; readonly usd: number }
  /** Near the end: borrow until the health factor is this. */
  | { readonly kind: 'borrowTo'; readonly asset: AssetSymbol; readonly healthFactor: number }
  | MorphoStep

export type MorphoStep =
  | {
      readonly kind: 'morpho'
      readonly act: 'supply' | 'supplyCollateral' | 'borrow'
      readonly market: MorphoMarketName
      readonly usd: number
    }
  | { readonly kind: 'morphoBorrowTo'; readonly market: MorphoMarketName; readonly healthFactor: number }

/** What an account does on the first and the second of its chains. */
export interface Plan {
  readonly home: readonly Step[]
  readonly away: readonly Step[]
}

export interface Shape {
  readonly name: string
  readonly count: number
  plan(random: Random): Plan
}

const supply = (asset: AssetSymbol, usd: number): Step => ({ kind: 'supply', asset, usd })
const borrow = (asset: AssetSymbol, usd: number): Step => ({ kind: 'borrow', asset, usd })
const morpho = (act: 'supply' | 'supplyCollateral' | 'borrow', market: MorphoMarketName, usd: number): Step => ({
  kind: 'morpho',
  act,
  market,
  usd,
})
const emode: Step = { kind: 'emode' }
const size = (random: Random) => random.logBetween(3_000, 400_000)

/** Supplies, borrows part of it, supplies that again, `rounds` times. */
function loop(asset: AssetSymbol, borrowed: AssetSymbol, usd: number, share: number, rounds: number): Step[] {
  const steps: Step[] = [supply(asset, usd)]
  let amount = usd
  for (let round = 0; round < rounds; round++) {
    amount *= share
    steps.push(borrow(borrowed, amount), supply(asset, amount))
  }
  return steps
}

/** Pledges staked ether, borrows ether against it, stakes and pledges that again, `rounds` times. */
function morphoLoop(usd: number, share: number, rounds: number): Step[] {
  const steps: Step[] = [morpho('supplyCollateral', 'wstethWeth', usd)]
  let amount = usd
  for (let round = 0; round < rounds; round++) {
    amount *= share
    steps.push(morpho('borrow', 'wstethWeth', amount), morpho('supplyCollateral', 'wstethWeth', amount))
  }
  return steps
}

/** Every kind of account the local chains are seeded with; whales come first, so that there is something to borrow. */
export const shapes: readonly Shape[] = [
  {
    name: 'whale',
    count: 3,
    plan: (random) => {
      const usd = random.logBetween(800_000, 2_500_000)
      const steps = [supply('WETH', usd), supply('USDC', usd * 2), supply('WBTC', usd), supply('wstETH', usd / 2)]
      return { home: steps, away: steps.map((step) => ({ ...step, usd: usd * random.between(0.5, 1.5) }) as Step) }
    },
  },
  {
    name: 'whale-borrower',
    count: 1,
    plan: (random) => {
      const usd = random.logBetween(1_500_000, 2_500_000)
      const home = [supply('WBTC', usd), borrow('USDC', usd * 0.4), borrow('WETH', usd * 0.1)]
      return { home, away: [supply('WETH', usd / 2), borrow('USDC', usd * 0.2)] }
    },
  },
  {
    name: 'plain-supplier',
    count: 3,
    plan: (random) => ({ home: [supply(random.pick(['WETH', 'WBTC', 'wstETH']), size(random))], away: [] }),
  },
  {
    name: 'stable-supplier',
    count: 2,
    plan: (random) => ({ home: [supply('USDC', size(random))], away: [supply('USDC', size(random))] }),
  },
  {
    name: 'single-borrower',
    count: 3,
    plan: (random) => {
      const usd = size(random)
      return { home: [supply('WETH', usd), borrow('USDC', usd * random.between(0.2, 0.55))], away: [] }
    },
  },
  {
    name: 'multi-collateral-borrower',
    count: 3,
    plan: (random) => {
      const usd = size(random)
      const home = [
        supply('WETH', usd),
        supply('WBTC', usd * random.between(0.3, 1)),
        supply('wstETH', usd * random.between(0.2, 0.8)),
        borrow('USDC', usd * random.between(0.3, 0.6)),
        borrow('WETH', usd * random.between(0.05, 0.2)),
      ]
      return { home, away: [supply('WBTC', usd / 3), supply('USDC', usd / 5), borrow('WETH', usd * 0.15)] }
    },
  },
  {
    name: 'near-liquidation',
    count: 4,
    plan: (random) => {
      const usd = size(random)
      const home: Step[] = [
        supply('WETH', usd),
        borrow('USDC', usd * 0.4),
        { kind: 'borrowTo', asset: 'USDC', healthFactor: random.between(1.045, 1.12) },
      ]
      return { home, away: random.next() < 0.5 ? [supply('WETH', usd * 0.1)] : [] }
    },
  },
  {
    name: 'emode-staker',
    count: 3,
    plan: (random) => {
      const usd = size(random)
      return { home: [supply('wstETH', usd), emode, borrow('WETH', usd * random.between(0.75, 0.9))], away: [] }
    },
  },
  {
    name: 'emode-looper',
    count: 2,
    plan: (random) => {
      const usd = size(random)
      const steps = loop('wstETH', 'WETH', usd, random.between(0.75, 0.85), 4)
      return { home: [steps[0]!, emode, ...steps.slice(1)], away: [supply('USDC', usd * 0.1)] }
    },
  },
  {
    name: 'looper',
    count: 2,
    plan: (random) => ({ home: loop('WETH', 'WETH', size(random), random.between(0.5, 0.65), 3), away: [] }),
  },
  {
    name: 'vault-depositor',
    count: 3,
    plan: (random) => ({
      home: [{ kind: 'deposit', usd: size(random) }],
      away: random.next() < 0.5 ? [{ kind: 'deposit', usd: size(random) }] : [],
    }),
  },
  {
    name: 'vault-and-borrower',
    count: 2,
    plan: (random) => {
      const usd = size(random)
      const home: Step[] = [supply('WETH', usd), borrow('USDC', usd * 0.3), { kind: 'deposit', usd: usd * 0.3 }]
      return { home, away: [supply('WBTC', usd * 0.5)] }
    },
  },
  {
    name: 'split-chains',
    count: 3,
    plan: (random) => {
      const usd = size(random)
      const away: Step[] = [supply('WETH', usd * 0.25), borrow('USDC', usd * 0.25 * random.between(0.5, 0.6))]
      return { home: [supply(random.pick(['WETH', 'WBTC', 'wstETH']), usd)], away }
    },
  },
  {
    name: 'bitcoin-borrower',
    count: 2,
    plan: (random) => {
      const usd = size(random)
      return { home: [supply('USDC', usd), borrow('WBTC', usd * random.between(0.2, 0.5))], away: [] }
    },
  },
  {
    name: 'collateral-off',
    count: 2,
    plan: (random) => {
      const usd = size(random)
      const home: Step[] = [{ kind: 'supply', asset: 'WETH', usd, asCollateral: false }, supply('USDC', usd / 2)]
      return { home, away: [] }
    },
  },
  {
    name: 'free-ether',
    count: 2,
    plan: () => ({ home: [{ kind: 'supplyExactly', asset: 'WETH', amount: 10n ** 18n }], away: [] }),
  },
  {
    name: 'dust',
    count: 2,
    plan: (random) => ({
      home: [
        { kind: 'supplyExactly', asset: 'USDC', amount: BigInt(random.integer(2, 99)) },
        { kind: 'supplyExactly', asset: 'WETH', amount: BigInt(random.integer(2, 1_000_000)) },
      ],
      away: [{ kind: 'supplyExactly', asset: 'WBTC', amount: BigInt(random.integer(2, 9)) }],
    }),
  },
  {
    name: 'left',
    count: 1,
    plan: (random) => {
      const usd = size(random)
      const home: Step[] = [
        supply('WETH', usd),
        borrow('USDC', usd * 0.3),
        { kind: 'repayAll', asset: 'USDC' },
        { kind: 'withdrawAll', asset: 'WETH' },
      ]
      return { home, away: [] }
    },
  },
  {
    name: 'wallet-only',
    count: 2,
    plan: (random) => ({
      home: [
        { kind: 'hold', asset: 'WETH', usd: size(random) },
        { kind: 'hold', asset: 'USDC', usd: size(random) },
      ],
      away: [{ kind: 'hold', asset: 'WBTC', usd: size(random) }],
    }),
  },
  { name: 'nothing', count: 1, plan: () => ({ home: [], away: [] }) },
  {
    name: 'morpho-lender',
    count: 2,
    plan: (random) => {
      const usd = random.logBetween(900_000, 1_500_000)
      const home = [
        morpho('supply', 'wethUsdc', usd),
        morpho('supply', 'wstethWeth', usd * 1.5),
        morpho('supply', 'wbtcUsdc', usd / 2),
        morpho('supply', 'idleUsdc', usd / 10),
      ]
      return { home, away: home.map((step) => ({ ...step, usd: usd * random.between(0.5, 1) }) as Step) }
    },
  },
  {
    name: 'morpho-borrower',
    count: 3,
    plan: (random) => {
      const usd = random.logBetween(20_000, 300_000)
      const home = [
        morpho('supplyCollateral', 'wethUsdc', usd),
        morpho('borrow', 'wethUsdc', usd * random.between(0.2, 0.5)),
        morpho('supplyCollateral', 'wbtcUsdc', usd / 2),
        morpho('borrow', 'wbtcUsdc', (usd / 2) * random.between(0.2, 0.5)),
      ]
      return { home, away: [morpho('supplyCollateral', 'wethUsdc', usd / 4), supply('USDC', usd / 5)] }
    },
  },
  {
    name: 'morpho-looper',
    count: 2,
    plan: (random) => ({
      home: morphoLoop(random.logBetween(20_000, 150_000), random.between(0.7, 0.85), 3),
      away: [],
    }),
  },
  {
    name: 'morpho-near-liquidation',
    count: 2,
    plan: (random) => {
      const usd = random.logBetween(20_000, 150_000)
      const home: Step[] = [
        morpho('supplyCollateral', 'wethUsdc', usd),
        morpho('borrow', 'wethUsdc', usd * 0.4),
        { kind: 'morphoBorrowTo', market: 'wethUsdc', healthFactor: random.between(1.045, 1.12) },
      ]
      return { home, away: [morpho('supply', 'wethUsdc', usd * 0.2)] }
    },
  },
]
