import { cometIndexes, presentValueDown } from './cometAccrual'
import { type CometMarket, cometMarkets, cometProtocol as protocol } from './cometFacts'
import type { MarketReading, ReadMarkets } from './marketReading'

/** Every Comet of a chain, accrued to `time`, and each of its collateral assets, which bears no interest. */
export const readCometMarkets: ReadMarkets = ({ chain, time, facts }) => {
  const decimals = new Map(facts.tokens.map((row) => [row.address, row.decimals]))
  return [...cometMarkets(facts).values()].flatMap((found): MarketReading[] => {
    const { market, parameters, price } = found
    const digits = market.token === null ? undefined : decimals.get(market.token)
    if (market.token === null || digits === undefined) return []
    return [
      {
        chain,
        protocol,
        market: market.market,
        token: market.token,
        decimals: digits,
        collateralToken: null,
        stableBorrow: 0n,
        accruedToTreasury: null,
        deficit: null,
        oraclePriceRaw: price,
        liquidity: BigInt(found.state.liquidity),
        accruedAt: time,
        parameters,
        ...(market.kind === 'collateral' ? pledged(found) : lent(found, time)),
      },
    ]
  })
}

type Interest = Pick<
  MarketReading,
  | 'supplyIndex'
  | 'borrowIndex'
  | 'scaledSupply'
  | 'totalSupply'
  | 'scaledBorrow'
  | 'totalBorrow'
  | 'supplyRate'
  | 'borrowRate'
>

function lent({ state }: CometMarket, time: bigint): Interest {
  const { supplyIndex, borrowIndex } = cometIndexes(state, time)
  const scaledSupply = BigInt(state.totalSupply)
  const scaledBorrow = BigInt(state.totalBorrow)
  return {
    supplyIndex,
    borrowIndex,
    scaledSupply,
    totalSupply: presentValueDown(scaledSupply, supplyIndex),
    scaledBorrow,
    totalBorrow: presentValueDown(scaledBorrow, borrowIndex),
    supplyRate: BigInt(state.supplyRate),
    borrowRate: BigInt(state.borrowRate),
  }
}

function pledged({ state }: CometMarket): Interest {
  const total = BigInt(state.totalSupply)
  return {
    ...{ supplyIndex: null, borrowIndex: null, scaledSupply: total, totalSupply: total },
    ...{ scaledBorrow: 0n, totalBorrow: 0n, supplyRate: null, borrowRate: null },
  }
}
