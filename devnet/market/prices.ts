import { type AssetSymbol, assetSymbols, assets, initialStakingRate, stakingYieldPerYear } from '../assets'
import type { ByAsset } from '../deploy/types'
import type { Random } from '../random'

const secondsPerDay = 86_400
const secondsPerYear = 365 * secondsPerDay
/** A drift of a feed's answer beyond this share of its start would leave the plausible band. */
const reach = 4

export interface PriceWalk {
  /** Dollars with 8 decimals. */
  readonly prices: ByAsset<bigint>
  /** Ether per wrapped staked ether, 18 decimals. */
  readonly stakingRate: bigint
}

export const initialWalk: PriceWalk = {
  prices: Object.fromEntries(assetSymbols.map((symbol) => [symbol, assets[symbol].initialPrice])) as ByAsset<bigint>,
  stakingRate: initialStakingRate,
}

/**
 * Moves every price by one step of `seconds`. WETH and WBTC move together in part; USDC returns to a dollar; wstETH
 * follows ether times its staking rate with a small discount of its own.
 */
export function stepPrices(walk: PriceWalk, seconds: number, random: Random): PriceWalk {
  const scale = Math.sqrt(seconds / secondsPerDay)
  const common = random.normal()
  const move = (symbol: AssetSymbol, loading: number) => {
    const shock = loading * common + Math.sqrt(1 - loading * loading) * random.normal()
    return multiply(
      walk.prices[symbol],
      1 + assets[symbol].dailyVolatility * scale * shock,
      assets[symbol].initialPrice,
    )
  }
  const stakingRate = multiplyFraction(walk.stakingRate, 1 + (stakingYieldPerYear * seconds) / secondsPerYear)
  const WETH = move('WETH', 0.8)
  const WBTC = move('WBTC', 0.8)
  const USDC = multiplyFraction(assets.USDC.initialPrice, 1 + assets.USDC.dailyVolatility * random.normal())
  const discount = 1 - assets.wstETH.dailyVolatility * Math.abs(random.normal())
  const wstETH = multiplyFraction((WETH * stakingRate) / 10n ** 18n, discount)
  return { prices: { WETH, WBTC, USDC, wstETH }, stakingRate }
}

/** Scales every price of ether by a fraction, for a fall of a chosen size. */
export function moveEther(walk: PriceWalk, factor: number): PriceWalk {
  const { WETH, wstETH } = walk.prices
  return {
    ...walk,
    prices: { ...walk.prices, WETH: multiplyFraction(WETH, factor), wstETH: multiplyFraction(wstETH, factor) },
  }
}

function multiply(price: bigint, factor: number, anchor: bigint): bigint {
  const moved = multiplyFraction(price, factor)
  return moved * BigInt(reach) < anchor || moved > anchor * BigInt(reach) ? price : moved
}

function multiplyFraction(value: bigint, factor: number): bigint {
  return (value * BigInt(Math.round(factor * 1e12))) / 10n ** 12n
}
