import type { Address } from 'viem'
import { type AssetSymbol, assetSymbols, assets } from '../../devnet/assets'
import { contractCall } from '../../devnet/chain/contractCall'
import { readContract } from '../../devnet/chain/readContract'
import type { Preparation } from '../preparation/types'
import type { Action, World } from '../types'

/** A new round on one asset's feed, at a multiple of its price drawn from the range. */
async function move(world: World, owner: Address, symbol: AssetSymbol, low: number, high: number) {
  const { aggregator } = world.contracts.feeds[symbol]
  const [answer, round] = await Promise.all([
    readContract<bigint>(world.chain, aggregator, 'latestAnswer'),
    readContract<bigint>(world.chain, aggregator, 'latestRound'),
  ])
  const price = (answer * BigInt(Math.round(world.random.between(low, high) * 1e6))) / 1_000_000n
  return contractCall(owner, aggregator, 'submit', [round + 1n, price > 0n ? price : 1n])
}

/** An asset behind the debt of somebody whose health is poor, so that crashes lead to liquidations. */
function pledgedAsset(world: World): AssetSymbol {
  const { truth, contracts, random } = world
  const debtors = truth.accounts
    .filter(({ debtBase }) => debtBase > 0n)
    .sort((a, b) => (a.healthFactor < b.healthFactor ? -1 : 1))
  const debtor = debtors[random.integer(0, Math.min(4, debtors.length - 1))]
  const pledged = assetSymbols.filter((symbol) => {
    const index = truth.reserves.findIndex(({ asset }) => asset === contracts.tokens[symbol].address)
    return (debtor?.holdings[index]?.supply ?? 0n) > 0n
  })
  return random.pick(pledged.length === 0 ? assetSymbols : pledged)
}

/** The asset whose price is the smallest part of what it was at genesis. */
function mostFallenAsset({ truth, contracts }: World): AssetSymbol {
  const part = (symbol: AssetSymbol) => {
    const reserve = truth.reserves.find(({ asset }) => asset === contracts.tokens[symbol].address)
    return Number(reserve?.price ?? 0n) / Number(assets[symbol].initialPrice)
  }
  return assetSymbols.reduce((least, symbol) => (part(symbol) < part(least) ? symbol : least))
}

export function priceActions({ owner, alternativeFeeds }: Preparation): readonly Action[] {
  return [
    { name: 'price move', propose: (world) => move(world, owner, world.random.pick(assetSymbols), 0.97, 1.03) },
    { name: 'price crash', propose: (world) => move(world, owner, pledgedAsset(world), 0.45, 0.9) },
    { name: 'price recovery', propose: (world) => move(world, owner, mostFallenAsset(world), 1.2, 2) },
    {
      name: 'change an oracle source',
      propose: async (world) => {
        const symbol = world.random.pick(assetSymbols)
        const { aave, feeds, tokens } = world.contracts
        const now = await readContract<string>(world.chain, aave.oracle, 'getSourceOfAsset', [tokens[symbol].address])
        const usual = feeds[symbol].proxy.address
        const next = now.toLowerCase() === usual.toLowerCase() ? alternativeFeeds[symbol].proxy.address : usual
        return contractCall(owner, aave.oracle, 'setAssetSources', [[tokens[symbol].address], [next]])
      },
    },
  ]
}
