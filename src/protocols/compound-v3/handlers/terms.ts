/** What is fixed about a Comet until its contract is replaced: tokens, feeds, factors and caps of its assets, the curves of its rates. */
import type { Address } from 'viem'
import { cometAbi as abi } from '../../../../abis/compound-v3/comet'
import { token } from '../../../../ponder.schema'
import { requireFeed } from '../../../positions/pollFeed'
import { changeMarket, changeMarketParameters } from '../../../positions/write'
import { writeToken } from '../../../positions/writeToken'
import { askMany } from '../../../runtime/askMany'
import type { Facts } from '../../../runtime/facts'
import { indexer } from '../../../runtime/indexer'
import { readToken } from '../../../runtime/readToken'
import { baseKey, collateralKey } from '../keys'
import { liquidationIncentive, type RateCurve } from '../transitions'

const { multicall3 } = indexer.resolved
const { comets } = indexer.resolved.compoundV3

export const emptyParameters = {
  maxLtv: 0n,
  liquidationThreshold: 0n,
  liquidationIncentive: 0n,
  supplyCap: 0n,
  borrowCap: 0n,
  flags: 'active,borrowing',
  emode: 0,
}

/** By the contract's own names, each a view. */
const curveViews = {
  supply: {
    kink: 'supplyKink',
    base: 'supplyPerSecondInterestRateBase',
    slopeLow: 'supplyPerSecondInterestRateSlopeLow',
    slopeHigh: 'supplyPerSecondInterestRateSlopeHigh',
  },
  borrow: {
    kink: 'borrowKink',
    base: 'borrowPerSecondInterestRateBase',
    slopeLow: 'borrowPerSecondInterestRateSlopeLow',
    slopeHigh: 'borrowPerSecondInterestRateSlopeHigh',
  },
} as const
const curveNames = Object.values(curveViews).flatMap((curve) => Object.values(curve))

/** The two curves out of a stored row. */
export function curvesIn(stored: Readonly<Record<string, string>>): Record<keyof typeof curveViews, RateCurve> {
  const curve = (names: Readonly<Record<keyof RateCurve, string>>): RateCurve => ({
    kink: BigInt(stored[names.kink]!),
    base: BigInt(stored[names.base]!),
    slopeLow: BigInt(stored[names.slopeLow]!),
    slopeHigh: BigInt(stored[names.slopeHigh]!),
  })
  return { supply: curve(curveViews.supply), borrow: curve(curveViews.borrow) }
}

type AssetInfo = {
  readonly offset: number
  readonly asset: Address
  readonly priceFeed: Address
  readonly scale: bigint
  readonly borrowCollateralFactor: bigint
  readonly liquidateCollateralFactor: bigint
  readonly liquidationFactor: bigint
  readonly supplyCap: bigint
}

/**
 * Reads and writes them at the end of the facts' block.
 * @returns base token and assets; null where there is no Comet yet.
 */
export async function writeTerms(
  facts: Facts,
  comet: Address,
): Promise<{ readonly baseToken: Address; readonly assets: readonly Address[] } | null> {
  const { views } = facts
  const read = (functionName: string, ...args: readonly unknown[]) =>
    ({ address: comet, abi, functionName, args }) as const
  const names = ['baseToken', 'baseTokenPriceFeed', 'numAssets', ...curveNames]
  const answers = await askMany(
    views,
    multicall3,
    names.map((name) => read(name)),
  )
  if (answers.includes(null)) return null
  const [token, feed, count, ...rates] = answers as [Address, Address, number, ...bigint[]]
  const rateCurve = Object.fromEntries(curveNames.map((name, index) => [name, String(rates[index])]))
  const baseToken = lower(token)
  await writeBaseTerms(facts, comet, baseToken, lower(feed), rateCurve)
  const infos = (await askMany(
    views,
    multicall3,
    Array.from({ length: count }, (_, index) => read('getAssetInfo', index)),
  )) as AssetInfo[]
  for (const info of infos) await writeAsset(facts, comet, info)
  return { baseToken, assets: infos.map(({ asset }) => lower(asset)) }
}

async function writeBaseTerms(
  facts: Facts,
  comet: Address,
  baseToken: Address,
  oracle: Address,
  rateCurve: Readonly<Record<string, string>>,
): Promise<void> {
  await describeToken(facts, baseToken)
  await requireFeed(facts, oracle)
  const label = comets.find((one) => one.comet === comet)!.name
  const market = { kind: 'market', unit: comet as string, token: baseToken, oracle, label }
  await changeMarket(facts, baseKey(comet), market, () => market)
  await changeMarketParameters(facts, baseKey(comet), emptyParameters, () => ({ rateCurve }))
}

async function writeAsset(facts: Facts, comet: Address, info: AssetInfo): Promise<void> {
  const [asset, oracle] = [lower(info.asset), lower(info.priceFeed)]
  await describeToken(facts, asset)
  await requireFeed(facts, oracle)
  const key = collateralKey(comet, asset)
  const market = { kind: 'collateral', unit: comet as string, token: asset, oracle, marketIndex: info.offset }
  await changeMarket(facts, key, market, () => market)
  const parameters = {
    ...emptyParameters,
    maxLtv: info.borrowCollateralFactor,
    liquidationThreshold: info.liquidateCollateralFactor,
    liquidationIncentive: liquidationIncentive(info.liquidationFactor),
    supplyCap: info.supplyCap,
    flags: 'active',
    decimals: String(info.scale).length - 1,
  }
  await changeMarketParameters(facts, key, parameters, () => parameters)
}

async function describeToken(facts: Facts, address: Address): Promise<void> {
  if ((await facts.store.find(token, { chainId: facts.stamp.chainId, address })) !== null) return
  await writeToken(facts, address, await readToken(facts.views, address))
}

function lower(address: Address): Address {
  return address.toLowerCase() as Address
}
