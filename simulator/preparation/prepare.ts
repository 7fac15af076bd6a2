import { type Address, maxUint256 } from 'viem'
import { type AssetSymbol, assetSymbols, assets } from '../../devnet/assets'
import { contractCall } from '../../devnet/chain/contractCall'
import { deployContract } from '../../devnet/chain/deployContract'
import type { LocalChain } from '../../devnet/chain/types'
import { type DevnetArtifacts, loadArtifacts } from '../../devnet/compile/loadArtifacts'
import { adminRoles } from '../../devnet/deploy/aaveConstants'
import { deployFeed } from '../../devnet/deploy/deployFeed'
import { rateStrategyV30 } from '../../devnet/deploy/rateStrategyV30'
import type { Feed } from '../../devnet/deploy/types'
import type { Random } from '../../devnet/random'
import { umbrellaId } from '../actions/liquidationActions'
import type { SimulatedContracts } from '../types'
import { deployUpgrades } from './deployUpgrades'
import { unitsFor } from './funds'
import { prepareLaterReserves } from './laterReserves'
import { openComet } from './openComet'
import { openMorpho } from './openMorpho'
import { fundActors, openIsolatedPositions, openPositions } from './openPositions'
import { openVaults } from './openVaults'
import type { Preparation } from './types'

const flashDollars = 500_000
const isolatedActorCount = 3
const deficitPayer: Address = '0x00000000000000000000000000000000def1c170'
/** No token: only the oracle knows it. */
const indexAddress: Address = '0x0000000000000000000000000000000000e7e81d'
const deficitPayerDollars = 5_000_000
/**
 * Basis points, flattest first. The last makes any stable debt cheap beside variable debt: stable rates follow the slope, not the base.
 */
const strategyRates = [
  { base: 100, slope1: 300, slope2: 7_000 },
  { base: 100, slope1: 900, slope2: 12_000 },
  { base: 100_000, slope1: 900, slope2: 12_000 },
] as const

/** Makes a fresh market ready for a walk: funds, debts, what some actions need, and reserves to be listed. */
export async function prepare(
  chain: LocalChain,
  contracts: SimulatedContracts,
  owner: Address,
  actors: readonly Address[],
  random: Random,
): Promise<Preparation> {
  const artifacts = await loadArtifacts()
  const { aave, vaults, multicall3: governor } = contracts
  const flashBorrower = await deployFlashBorrower(chain, artifacts, owner, contracts)
  const alternativeFeeds = await deployAlternativeFeeds(chain, artifacts, owner, contracts)
  for (const role of adminRoles) await chain.send(contractCall(owner, aave.aclManager, role, [governor.address]))
  const priceIndex = indexAddress
  const indexSource = alternativeFeeds.WETH.proxy.address
  await chain.send(contractCall(owner, aave.oracle, 'setAssetSources', [[priceIndex], [indexSource]]))
  if (aave.version === '3.6') {
    await chain.send(contractCall(owner, aave.addressesProvider, 'setAddress', [umbrellaId, deficitPayer]))
  }
  const rateStrategies = aave.version === '3.0' ? await deployStrategies(chain, artifacts, owner, contracts) : []
  const upgrades = await deployUpgrades(chain, owner, aave)
  await chain.mine()

  const laterReserves = await prepareLaterReserves(chain, artifacts, owner, contracts)
  await fundActors(chain, contracts, actors, laterReserves)
  await openMorpho(chain, contracts, actors)
  await openComet(chain, contracts, actors)
  const isolatedActors = actors.slice(-isolatedActorCount)
  await openPositions(chain, contracts, actors.slice(0, -isolatedActorCount), random)
  await openVaults(chain, contracts, owner, actors)
  await fundDeficitPayer(chain, contracts)
  const isolated = laterReserves.find(({ role }) => role === 'isolated')!
  await openIsolatedPositions(chain, contracts, isolatedActors, isolated)
  const watched = [
    deficitPayer,
    flashBorrower,
    aave.treasury.address,
    ...Object.values(vaults).map(({ address }) => address),
  ]
  return {
    ...{ owner, governor, flashBorrower, alternativeFeeds, laterReserves, isolatedActors, upgrades },
    ...{ rateStrategies, priceIndex, watched },
  }
}

async function deployFlashBorrower(
  chain: LocalChain,
  { own }: DevnetArtifacts,
  owner: Address,
  { tokens }: SimulatedContracts,
): Promise<Address> {
  const { address } = await deployContract(chain, owner, own.FlashBorrower)
  for (const symbol of assetSymbols) {
    await chain.send(contractCall(owner, tokens[symbol], 'mint', [address, unitsFor(symbol, flashDollars)]))
  }
  return address
}

async function deployAlternativeFeeds(
  chain: LocalChain,
  { chainlink }: DevnetArtifacts,
  owner: Address,
  { feedPayment }: SimulatedContracts,
): Promise<Preparation['alternativeFeeds']> {
  const feeds = {} as Record<AssetSymbol, Feed>
  for (const symbol of assetSymbols) {
    const price = (assets[symbol].initialPrice * 101n) / 100n
    feeds[symbol] = await deployFeed(chain, chainlink, owner, feedPayment, `${symbol} / USD second source`, price)
  }
  return feeds
}

async function deployStrategies(
  chain: LocalChain,
  { aaveV30 }: DevnetArtifacts,
  owner: Address,
  { aave, tokens }: SimulatedContracts,
): Promise<Address[]> {
  const strategies: Address[] = []
  for (const rates of strategyRates) {
    const parameters = { ...assets.USDC.reserve, rates: { optimalUsage: 8_000, ...rates } }
    const listing = { symbol: 'USDC', decimals: 6, underlying: tokens.USDC, parameters }
    strategies.push(await rateStrategyV30(chain, aaveV30, owner, aave, listing))
  }
  return strategies
}

/** Deficits are covered by burning the payer's aTokens, so it holds some of every asset and never borrows. */
async function fundDeficitPayer(chain: LocalChain, { aave, tokens }: SimulatedContracts): Promise<void> {
  for (const symbol of assetSymbols) {
    const amount = unitsFor(symbol, deficitPayerDollars)
    await chain.send(contractCall(deficitPayer, tokens[symbol], 'mint', [deficitPayer, amount]))
    await chain.send(contractCall(deficitPayer, tokens[symbol], 'approve', [aave.pool.address, maxUint256]))
    await chain.send(contractCall(deficitPayer, aave.pool, 'supply', [tokens[symbol].address, amount, deficitPayer, 0]))
  }
  await chain.mine()
}
