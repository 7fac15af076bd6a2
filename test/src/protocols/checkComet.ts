import type { Address } from 'viem'
import { type Comet, cometCollateral, type Foundation } from '../../../devnet/deploy/types'
import type { DevnetChain } from '../../../devnet/types'
import { readMany, type View } from '../../../simulator/truth/readMany'
import { protocols, readMarkets } from '../../../src/api/protocols/registry'
import type { Database } from '../../../src/api/read/database'
import { loadChainFacts } from '../../../src/api/read/loadChainFacts'
import { loadMarkets } from '../../../src/api/read/loadMarkets'
import { loadPools } from '../../../src/api/read/loadPools'

export interface CometCheck {
  readonly chain: DevnetChain
  readonly foundation: Foundation
  readonly comet: Comet
  readonly database: Database
  readonly schema: string
  readonly accounts: readonly Address[]
}

export interface Difference {
  readonly what: string
  readonly ours: string
  readonly chain: string
}

interface Totals {
  readonly baseSupplyIndex: bigint
  readonly baseBorrowIndex: bigint
  readonly totalSupplyBase: bigint
  readonly totalBorrowBase: bigint
  readonly lastAccrualTime: number
  readonly pauseFlags: number
}

interface AssetInfo {
  readonly offset: number
  readonly borrowCollateralFactor: bigint
  readonly liquidateCollateralFactor: bigint
  readonly supplyCap: bigint
}

const pauses = ['supplyPaused', 'transferPaused', 'withdrawPaused', 'absorbPaused', 'buyPaused']

/** Compares a Comet and every account in it, as facts accrued to a block, with the contract's own views at that block's hash. */
export async function checkComet(
  { chain, foundation, comet, database, schema, accounts }: CometCheck,
  blockNumber: bigint,
): Promise<{ readonly compared: number; readonly differences: readonly Difference[] }> {
  const { core } = comet
  const { hash, timestamp } = await chain.client.getBlock({ blockNumber })
  const question = { schema, chainId: chain.chainId, blockNumber: String(blockNumber) }
  const lower = accounts.map((account) => account.toLowerCase())
  const { facts, held } = await database.snapshot(async (snapshot) => ({
    facts: await loadMarkets(snapshot, question),
    held: await loadChainFacts(
      snapshot,
      { ...question, blockHash: hash!, accounts: lower, feeds: [], vaults: [], poolWindowStart: Number(timestamp) },
      loadPools,
    ),
  }))
  const of = (functionName: string, ...args: readonly unknown[]): View => ({ contract: core, functionName, args })
  const read = (views: readonly View[]) => readMany(chain, foundation.multicall3, views, hash!)
  const feeds = cometCollateral.map((asset) => foundation.feeds[asset].proxy.address)
  const assets = cometCollateral.map((asset) => foundation.tokens[asset].address)

  const differences: Difference[] = []
  let compared = 0
  const compare = (what: string, ours: unknown, theirs: unknown) => {
    compared++
    if (String(ours) !== String(theirs)) differences.push({ what, ours: String(ours), chain: String(theirs) })
  }

  const [totals, supply, borrow, used, basePrice, liquidity] = (await read([
    of('totalsBasic'),
    of('totalSupply'),
    of('totalBorrow'),
    of('getUtilization'),
    of('getPrice', foundation.feeds.USDC.proxy.address),
    { contract: foundation.tokens.USDC, functionName: 'balanceOf', args: [core.address] },
  ])) as [Totals, bigint, bigint, bigint, bigint, bigint]
  const rates = await read([of('getSupplyRate', used), of('getBorrowRate', used)])
  const unit = core.address.toLowerCase()
  const readings = readMarkets({ chain: chain.name, time: timestamp, facts })
  const state = facts.marketStates.find((row) => row.market === unit)!
  const base = readings.find((row) => row.market === unit)!
  compare('indexes', [state.supplyIndex, state.borrowIndex], [totals.baseSupplyIndex, totals.baseBorrowIndex])
  compare('last accrual', state.accruedAt, totals.lastAccrualTime)
  compare('principals', [base.scaledSupply, base.scaledBorrow], [totals.totalSupplyBase, totals.totalBorrowBase])
  compare('totals', [base.totalSupply, base.totalBorrow], [supply, borrow])
  compare('rates', [base.supplyRate, base.borrowRate], rates)
  compare('base price', base.oraclePriceRaw, basePrice)
  compare('liquidity', base.liquidity, liquidity)
  const paused = pauses.filter((_, bit) => ((totals.pauseFlags >> bit) & 1) === 1)
  compare('flags', base.parameters.flags, ['active', 'borrowing', ...paused].sort().join())

  const ofAssets = await read(
    assets.flatMap((asset, index) => [
      of('getAssetInfoByAddress', asset),
      of('totalsCollateral', asset),
      of('getPrice', feeds[index]),
    ]),
  )
  for (const [index, asset] of assets.entries()) {
    const [info, [total], price] = ofAssets.slice(3 * index) as [AssetInfo, readonly [bigint, bigint], bigint]
    const row = readings.find(({ market }) => market === `${unit}:${asset.toLowerCase()}`)!
    const what = cometCollateral[index]!
    compare(`${what} total`, [row.totalSupply, row.liquidity], [total, total])
    compare(`${what} price`, row.oraclePriceRaw, price)
    const { maxLtv, liquidationThreshold, supplyCap } = row.parameters
    const { borrowCollateralFactor, liquidateCollateralFactor } = info
    compare(
      `${what} factors`,
      [maxLtv, liquidationThreshold, supplyCap],
      [borrowCollateralFactor, liquidateCollateralFactor, info.supplyCap],
    )
  }

  const ofAccounts = await read(
    accounts.flatMap((account) => [
      of('userBasic', account),
      of('balanceOf', account),
      of('borrowBalanceOf', account),
      of('isLiquidatable', account),
      ...assets.map((asset) => of('userCollateral', account, asset)),
    ]),
  )
  for (const [index, account] of lower.entries()) {
    const answers = ofAccounts.slice((4 + assets.length) * index) as [readonly bigint[], bigint, bigint, boolean]
    const [basic, balance, debt, isLiquidatable, ...pledges] = answers
    const ask = (time: bigint) => protocols['compound-v3']!({ chain: chain.name, facts: held, account, time })
    const { claims, units } = ask(timestamp)
    const claim = (market: string, side: string) => claims.find((row) => row.market === market && row.side === side)
    const shares = (claim(unit, 'supply')?.shares ?? 0n) - (claim(unit, 'borrow')?.shares ?? 0n)
    compare(`${account} principal`, shares, basic[0])
    compare(`${account} balance`, claim(unit, 'supply')?.amount ?? 0n, balance)
    compare(`${account} debt`, claim(unit, 'borrow')?.amount ?? 0n, debt)
    for (const [place, asset] of assets.entries()) {
      const pledged = claim(`${unit}:${asset.toLowerCase()}`, 'collateral')?.amount ?? 0n
      compare(`${account} ${cometCollateral[place]}`, pledged, (pledges[place] as unknown as readonly bigint[])[0])
    }
    if (units.length === 0) continue
    compare(`${account} debt of the unit`, units[0]!.debtBaseRaw, debt)
    // The view looks at the index as stored, at which `absorb` never leaves it.
    const stored = ask(BigInt(totals.lastAccrualTime)).units[0]!.healthFactorRaw
    compare(`${account} liquidatable`, stored !== null && stored < 10n ** 18n, isLiquidatable)
  }
  return { compared, differences }
}
