import type { Address } from 'viem'
import { readContract } from '../../../devnet/chain/readContract'
import type { MorphoMarket } from '../../../devnet/deploy/types'
import type { DevnetChain } from '../../../devnet/types'
import { readMany, type View } from '../../../simulator/truth/readMany'
import { morphoHealth } from '../../../src/api/protocols/morphoHealth'
import { protocols, readMarkets } from '../../../src/api/protocols/registry'
import type { Database } from '../../../src/api/read/database'
import { loadChainFacts } from '../../../src/api/read/loadChainFacts'
import { loadMarkets } from '../../../src/api/read/loadMarkets'
import { loadPools } from '../../../src/api/read/loadPools'

export interface MorphoCheck {
  readonly chain: DevnetChain
  readonly database: Database
  readonly schema: string
  readonly accounts: readonly Address[]
  readonly markets: readonly MorphoMarket[]
}

export interface Difference {
  readonly what: string
  readonly ours: string
  readonly chain: string
}

type Answers = readonly bigint[]

/** Compares every Morpho market and every account in it, as facts accrued to a block, with the contract's own views at that block's hash. */
export async function checkMorphoBlue(
  { chain, database, schema, accounts, markets }: MorphoCheck,
  blockNumber: bigint,
): Promise<{ readonly compared: number; readonly differences: readonly Difference[] }> {
  const morpho = chain.contracts.morpho!
  const { hash, timestamp } = await chain.client.getBlock({ blockNumber })
  const question = { schema, chainId: chain.chainId, blockNumber: String(blockNumber) }
  const lower = accounts.map((account) => account.toLowerCase())
  const { facts, held } = await database.snapshot(async (snapshot) => ({
    facts: await loadMarkets(snapshot, question),
    held: await loadChainFacts(
      snapshot,
      { ...question, blockHash: hash, accounts: lower, feeds: [], vaults: [], poolWindowStart: Number(timestamp) },
      loadPools,
    ),
  }))
  const readings = readMarkets({ chain: chain.name, time: timestamp, facts })
  const read = (views: readonly View[]) => readMany(chain, chain.contracts.multicall3, views, hash!)

  const differences: Difference[] = []
  let compared = 0
  const compare = (what: string, ours: unknown, theirs: unknown) => {
    compared++
    if (String(ours) !== String(theirs)) differences.push({ what, ours: String(ours), chain: String(theirs) })
  }
  for (const market of markets) {
    const { id, params, oracle, rateModel } = market
    const of = (functionName: string, ...args: readonly unknown[]): View => ({
      contract: functionName in lensViews ? morpho.lens : morpho.core,
      functionName,
      args: [id, ...args],
    })
    const [stored, expected, ...rest] = (await read([
      of('market'),
      of('marketBalances'),
      ...accounts.flatMap((account) => [
        of('position', account),
        of('supplyAssets', account),
        of('borrowAssets', account),
      ]),
    ])) as [Answers, Answers, ...unknown[]]
    const price = oracle === null ? null : await readContract<bigint>(chain, oracle, 'price', [], { blockHash: hash! })
    const rate = rateModel === null ? 0n : await rateOf(chain, market, stored, hash!)
    const state = facts.marketStates.find((row) => row.market === id)!
    const name = Object.entries(morpho.markets).find(([, one]) => one.id === id)?.[0] ?? id
    compare(
      `${name} stored`,
      [state.supplyIndex, state.totalSupply, state.borrowIndex, state.totalBorrow],
      stored.slice(0, 4),
    )
    // A market without interest is accrued in silence.
    if (rateModel !== null) compare(`${name} last update`, state.accruedAt, stored[4])
    const parameters = facts.marketParameters.find((row) => row.market === id)!
    compare(`${name} fee`, parameters.reserveFactor, stored[5])
    const reading = readings.find((row) => row.market === id)!
    compare(
      `${name} accrued`,
      [reading.totalSupply, reading.scaledSupply, reading.totalBorrow, reading.scaledBorrow],
      expected,
    )
    compare(`${name} price`, reading.oraclePriceRaw, price)
    compare(`${name} rate`, reading.borrowRate, rate)
    for (const [index, account] of accounts.entries()) {
      const [position, supplyAssets, borrowAssets] = rest.slice(3 * index) as [Answers, bigint, bigint]
      const { claims, units } = protocols['morpho-blue']!({
        chain: chain.name,
        facts: held,
        account: account.toLowerCase(),
        time: timestamp,
      })
      const claim = (side: string) => claims.find((row) => row.market === id && row.side === side)
      const who = `${name} ${account}`
      const ours = (['supply', 'borrow', 'collateral'] as const).map((side) => claim(side)?.shares ?? 0n)
      compare(`${who} shares`, ours, position)
      compare(`${who} supply`, claim('supply')?.amount ?? 0n, supplyAssets)
      compare(`${who} debt`, claim('borrow')?.amount ?? 0n, borrowAssets)
      const unit = units.find((row) => row.unit === id)
      if (unit === undefined) continue
      const healthy = morphoHealth({ collateral: position[2]!, debt: borrowAssets, price, lltv: params.lltv })
      compare(`${who} health`, [unit.collateralBaseRaw, unit.debtBaseRaw, unit.healthFactorRaw], Object.values(healthy))
    }
  }
  return { compared, differences }
}

const lensViews = { marketBalances: true, supplyAssets: true, borrowAssets: true }

function rateOf(chain: DevnetChain, { params, rateModel }: MorphoMarket, stored: Answers, blockHash: `0x${string}`) {
  const [totalSupplyAssets, totalSupplyShares, totalBorrowAssets, totalBorrowShares, lastUpdate, fee] = stored
  const market = { totalSupplyAssets, totalSupplyShares, totalBorrowAssets, totalBorrowShares, lastUpdate, fee }
  return readContract<bigint>(chain, rateModel!, 'borrowRateView', [params, market], { blockHash })
}
