import { mulRayDown } from '../../../math/ray'
import type { ChainFacts, Facts } from '../../facts'
import { readMarkets } from '../../protocols/registry'
import { scaleDown } from '../decimal'
import type { PriceBook } from '../priceBook'
import { assetsByToken, usdDecimals } from '../valueClaims'

/** What a reserve owes its treasury and has not minted yet: it is in no account, and so in no row. */
export interface TreasuryClaim {
  readonly chain: string
  readonly protocol: string
  readonly market: string
  readonly asset: string | null
  /** Scaled, as the pool stores it; `null` when it is not known. */
  readonly shares: bigint | null
  readonly decimals: number
  /** In the token, rounded down. */
  readonly amount: bigint | null
  /** USD in units of 10^−8, rounded down; `null` when unknown. */
  readonly value: bigint | null
}

/** Every reserve of the chain that owes its treasury something, or may. */
export function treasuryClaims(
  chain: string,
  facts: ChainFacts,
  reference: Facts['reference'],
  prices: PriceBook,
  time: number,
): readonly TreasuryClaim[] {
  const assets = assetsByToken({ reference, chains: {} })
  // Only what gives receipts can owe some to a treasury.
  const markets = facts.markets.filter(({ kind, receipt }) => kind === 'pool' || receipt !== null)
  return readMarkets({ chain, time: BigInt(time), facts: { ...facts, markets } })
    .filter(({ accruedToTreasury }) => accruedToTreasury !== 0n)
    .map(({ protocol, market, token, decimals, accruedToTreasury: shares, supplyIndex }) => {
      const asset = assets.get(`${chain}/${token}`) ?? null
      const price = asset === null ? null : (prices.markOf(asset, chain)?.price ?? null)
      const amount = shares === null || supplyIndex === null ? null : mulRayDown(shares, supplyIndex)
      const value =
        amount === null || price === null
          ? null
          : scaleDown({ value: amount * price.value, decimals: decimals + price.decimals }, usdDecimals)
      return { chain, protocol, market, asset, shares, decimals, amount, value }
    })
}
