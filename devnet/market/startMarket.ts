import { setTimeout as delay } from 'node:timers/promises'
import { type AssetSymbol, assetSymbols } from '../assets'
import { contractCall } from '../chain/contractCall'
import type { ByAsset } from '../deploy/types'
import { setMorphoPrice } from '../operations/setMorphoPrice'
import { submitPrices } from '../operations/submitPrices'
import { arbitrage } from '../operations/swapTo'
import { type Random, seededRandom } from '../random'
import type { Devnet, DevnetChain } from '../types'
import { type PriceWalk, stepPrices } from './prices'
import { userAction } from './userAction'

export interface MarketOptions {
  /** What happens is drawn from it; when it happens follows the wall clock. Default: the devnet's. */
  readonly seed?: number
  /** Seconds between blocks. Default 2. */
  readonly blockSeconds?: number
  /** Seconds of price movement per second, so that there is something to see. Default 30. */
  readonly pace?: number
  readonly log?: (line: string) => void
}

export interface Market {
  /** Makes no further block; resolves when the one in hand is done. */
  stop(): Promise<void>
}

/** A feed publishes when its price has moved by this share, as Chainlink's do, … */
const deviation = 0.0005
/** … or when this much time has passed, well inside the configured heartbeat. */
const republishSeconds = 3_600
const actionChance = 0.5

/** Accounts that tests and readers expect to stay as they were seeded. */
const restingShapes = new Set([
  'nothing',
  'left',
  'dust',
  'free-ether',
  'wallet-only',
  'near-liquidation',
  'morpho-near-liquidation',
])

interface Published {
  prices: ByAsset<bigint>
  at: number
}

/**
 * Brings a devnet to life: a block on every chain each few seconds, stamped with the wall clock, with prices that walk and
 * users that act. Turns anvil's own block making off.
 */
export async function startMarket(devnet: Devnet, options: MarketOptions = {}): Promise<Market> {
  const { seed = devnet.seed, blockSeconds = 2, pace = 30, log = console.error } = options
  const stopping = new AbortController()
  const priceRandom = seededRandom(seed, 'market prices')
  let walk = devnet.walk
  const published = new Map<DevnetChain, Published>()
  const alive = new Map<DevnetChain, Random>()
  for (const chain of devnet.chains) {
    await chain.client.setIntervalMining({ interval: 0 })
    alive.set(chain, seededRandom(seed, `market ${chain.name}`))
    published.set(chain, { prices: walk.prices, at: await chain.timestamp() })
  }

  const makeBlock = async (chain: DevnetChain, random: Random) => {
    const timestamp = Math.floor(Date.now() / 1000)
    if (timestamp <= (await chain.timestamp())) return
    const last = published.get(chain)!
    const moved = movedPrices(last, walk.prices, timestamp)
    await submitPrices(chain, chain.contracts.feeds, devnet.owner.address, moved)
    const { morpho } = chain.contracts
    if (morpho !== null && ('WBTC' in moved || 'USDC' in moved))
      await chain.send(setMorphoPrice(morpho, devnet.owner.address, { ...last.prices, ...moved }))
    await followPrices(chain, devnet, walk, Object.keys(moved).length)
    const everything = Object.keys(moved).length === assetSymbols.length
    published.set(chain, { prices: { ...last.prices, ...moved }, at: everything ? timestamp : last.at })
    const users = devnet.accounts.filter(
      ({ shape, chains }) => !restingShapes.has(shape) && chains.includes(chain.name),
    )
    if (users.length > 0 && random.next() < actionChance) {
      const { address } = random.pick(users)
      for (const call of await userAction(chain, address, walk.prices, random)) await chain.send(call)
    }
    await chain.mine({ timestamp, allowReverts: true })
  }

  const run = async () => {
    while (!stopping.signal.aborted && alive.size > 0) {
      walk = stepPrices(walk, blockSeconds * pace, priceRandom)
      await Promise.all(
        [...alive].map(([chain, random]) =>
          makeBlock(chain, random).catch((error: Error) => {
            alive.delete(chain)
            if (!stopping.signal.aborted) log(`${chain.name}: the market ends here: ${error.message}`)
          }),
        ),
      )
      await delay(blockSeconds * 1000, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }
  const running = run()
  return {
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

/** Where feeds publish, pools have been traded to the same prices, and staking has gone on. */
async function followPrices({ contracts, send }: DevnetChain, { owner }: Devnet, walk: PriceWalk, published: number) {
  if (published === 0) return
  await send(contractCall(owner.address, contracts.tokens.wstETH, 'setRate', [walk.stakingRate]))
  for (const call of contracts.exchange === null ? [] : arbitrage(contracts.exchange, walk.prices)) await send(call)
}

function movedPrices(last: Published, prices: ByAsset<bigint>, now: number): Partial<ByAsset<bigint>> {
  if (now - last.at >= republishSeconds) return prices
  const moved = (symbol: AssetSymbol) => Math.abs(Number(prices[symbol]) / Number(last.prices[symbol]) - 1) >= deviation
  return Object.fromEntries(assetSymbols.filter(moved).map((symbol) => [symbol, prices[symbol]]))
}
