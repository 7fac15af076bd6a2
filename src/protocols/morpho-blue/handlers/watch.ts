/** Oracles and rate models without events, read at the end of every block. */
import { type Address, zeroAddress } from 'viem'
import { morphoOracleAbi } from '../../../../abis/morpho-blue/oracle'
import { morphoRateModelAbi } from '../../../../abis/morpho-blue/rateModel'
import { market, marketParameters, marketState, marketWatch, price } from '../../../../ponder.schema'
import { changeMarketState, changePrice } from '../../../positions/write'
import { askMany } from '../../../runtime/askMany'
import type { Facts } from '../../../runtime/facts'
import { indexer } from '../../../runtime/indexer'
import { onBlock } from '../../../runtime/onBlock'
import type { Read } from '../../../runtime/read'
import { oracleFeed, PROTOCOL } from '../keys'
import { initialState } from './state'

/** What refused to answer is asked again only in every so many blocks: dead oracles are many, and each costs a call of its own. */
const RETRY_EVERY = 20n

type Watch = { readonly oracles: readonly Address[]; readonly rates: readonly string[] }

async function watched({ store, stamp }: Facts): Promise<Watch | null> {
  return (await store.find(marketWatch, { chainId: stamp.chainId })) as Watch | null
}

/** From now on this oracle, and the rate of this market, are read; null for none. */
export async function watchMarket(facts: Facts, oracle: Address | null, rateOf: string | null): Promise<void> {
  const { store, stamp } = facts
  const before = (await watched(facts)) ?? { oracles: [], rates: [] }
  const after = { oracles: withNew(before.oracles, oracle), rates: withNew(before.rates, rateOf) }
  await store
    .insert(marketWatch)
    .values({ chainId: stamp.chainId, ...after })
    .onConflictDoUpdate(() => after)
}

function withNew<item>(list: readonly item[], entry: item | null): readonly item[] {
  return entry === null || list.includes(entry) ? list : [...list, entry]
}

async function readOracles(facts: Facts, all: readonly Address[]): Promise<void> {
  const { store, stamp, views } = facts
  const standing = (oracle: Address) => store.find(price, { chainId: stamp.chainId, feed: oracleFeed(oracle) })
  const before = await Promise.all(all.map(standing))
  const isDue = (_: Address, index: number) =>
    stamp.blockNumber % RETRY_EVERY === 0n || before[index]?.status !== 'refused'
  const oracles = all.filter(isDue)
  const reads = oracles.map((address): Read => {
    const isDoubtful = before[all.indexOf(address)]?.status === 'refused'
    return { address, abi: morphoOracleAbi, functionName: 'price', isDoubtful }
  })
  const answers = (await askMany(views, indexer.resolved.multicall3, reads)) as (bigint | null)[]
  for (const [index, oracle] of oracles.entries()) {
    const answer = answers[index] ?? null
    const last = await standing(oracle)
    const status = answer === null ? 'refused' : 'polled'
    if (last?.status === status && (answer === null || last.answer === answer)) continue
    const values = { round: 0n, answer: answer ?? 0n, updatedAt: stamp.blockTimestamp, status }
    await changePrice(facts, { feed: oracleFeed(oracle) }, values, () => values)
  }
}

/** The view that gives a market's rate, asked with its terms and its state as they stand. */
async function rateView({ store, stamp }: Facts, name: string): Promise<Read> {
  const key = { chainId: stamp.chainId, protocol: PROTOCOL, market: name }
  const [terms, parameters, state] = await Promise.all([
    store.find(market, key),
    store.find(marketParameters, key),
    store.find(marketState, key),
  ])
  const marketParams = {
    loanToken: terms!.token,
    collateralToken: terms!.collateralToken ?? zeroAddress,
    oracle: terms!.oracle ?? zeroAddress,
    irm: terms!.rateModel,
    lltv: parameters!.liquidationThreshold,
  }
  const standing = {
    totalSupplyAssets: state!.supplyIndex,
    totalSupplyShares: state!.totalSupply,
    totalBorrowAssets: state!.borrowIndex,
    totalBorrowShares: state!.totalBorrow,
    lastUpdate: state!.accruedAt,
    fee: parameters!.reserveFactor,
  }
  const address = terms!.rateModel as Address
  return { address, abi: morphoRateModelAbi, functionName: 'borrowRateView', args: [marketParams, standing] }
}

async function readRates(facts: Facts, markets: readonly string[]): Promise<void> {
  const { store, stamp, views } = facts
  const reads = await Promise.all(markets.map((name) => rateView(facts, name)))
  const answers = (await askMany(views, indexer.resolved.multicall3, reads)) as (bigint | null)[]
  for (const [index, name] of markets.entries()) {
    const rate = answers[index] ?? null
    const key = { protocol: PROTOCOL, market: name }
    const before = (await store.find(marketState, { chainId: stamp.chainId, ...key }))!
    const known = before.rateReadAt === null ? null : (before.borrowRate as bigint)
    if (rate === known) continue
    const values = rate === null ? { rateReadAt: null } : { borrowRate: rate, rateReadAt: stamp.blockTimestamp }
    await changeMarketState(facts, key, initialState(stamp.blockTimestamp), () => values)
  }
}

export const watchHandlers = [
  onBlock('MorphoWatch', async (facts) => {
    const watch = await watched(facts)
    if (watch === null) return
    await readOracles(facts, watch.oracles)
    await readRates(facts, watch.rates)
  }),
]
