/** Morpho contracts that are older than the first indexed block: what a market or an account had before its first event. */
import { type Address, type Hex, zeroAddress } from 'viem'
import { morphoBlueAbi as abi } from '../../../../abis/morpho-blue/morpho'
import { morphoRateModelAbi } from '../../../../abis/morpho-blue/rateModel'
import { market as marketTable, position } from '../../../../ponder.schema'
import { standingBefore } from '../../../positions/standingBefore'
import { changeMarket, changeMarketParameters, changeMarketState, changePosition } from '../../../positions/write'
import { writeOpening } from '../../../positions/writeOpening'
import type { Facts } from '../../../runtime/facts'
import { onSetup } from '../../../runtime/onSetup'
import { viewsAt } from '../../../runtime/viewsAt'
import { contractKey, PROTOCOL, UNLISTED } from '../keys'
import type { Side } from '../transitions'
import type { ResolvedDeployment } from '../types'
import { deployments, keyOf } from './deployments'
import { listMarket, type MarketTerms } from './listing'
import { stateOf } from './state'

/** Writes a market that has no row yet as it stood before the event. */
export async function ensureMarket(facts: Facts, deployment: ResolvedDeployment, id: Hex): Promise<void> {
  if (!deployment.isOlder || (await isListed(facts, deployment, id))) return
  await writeMarket(await standingBefore(facts, deployment.startBlock), deployment, id)
}

async function isListed({ store, stamp }: Facts, deployment: ResolvedDeployment, id: Hex): Promise<boolean> {
  return (await store.find(marketTable, { chainId: stamp.chainId, ...keyOf(deployment, id) })) !== null
}

async function writeMarket(facts: Facts, deployment: ResolvedDeployment, id: Hex): Promise<void> {
  const { views } = facts
  const key = keyOf(deployment, id)
  const read = { address: deployment.morpho, abi, args: [id] } as const
  const [loanToken, collateralToken, oracle, irm, lltv] = await views.readContract({
    ...read,
    functionName: 'idToMarketParams',
  })
  if (loanToken === zeroAddress && collateralToken === zeroAddress && irm === zeroAddress && lltv === 0n) return
  const terms: MarketTerms = { loanToken, collateralToken, oracle, irm, lltv }
  await listMarket(facts, deployment, id, terms)
  const totals = await views.readContract({ ...read, functionName: 'market' })
  const [supplyAssets, supplyShares, borrowAssets, borrowShares, accruedAt, fee] = totals
  const curve = irm.toLowerCase() as Address
  const rateAtTarget = deployment.adaptiveCurves.includes(curve)
    ? await views.readContract({ ...read, address: curve, abi: morphoRateModelAbi, functionName: 'rateAtTarget' })
    : null
  await changeMarketParameters(facts, key, emptyParameters, () => ({ reserveFactor: fee }))
  const state = stateOf({ supplyAssets, supplyShares, borrowAssets, borrowShares })
  const values = { ...state, supplyRate: 0n, borrowRate: 0n, accruedAt, rateAtTarget }
  await changeMarketState(facts, key, values, () => values)
}

export const emptyParameters = {
  maxLtv: 0n,
  liquidationThreshold: 0n,
  liquidationIncentive: 0n,
  supplyCap: 0n,
  borrowCap: 0n,
  flags: '',
  emode: 0,
}

/**
 * Writes what an account had in a market before its first event there. All of it: pledged without what is owed, or the other way round, it would be worth
 * something else.
 */
export async function ensurePosition(facts: Facts, deployment: ResolvedDeployment, id: Hex, account: Address) {
  if (!deployment.isOlder) return
  const key = { account, ...keyOf(deployment, id) }
  if ((await facts.store.find(position, { chainId: facts.stamp.chainId, ...key, side: 'supply' })) !== null) return
  const standing = await standingBefore(facts, deployment.startBlock)
  const [supply, borrow, collateral] = await standing.views.readContract({
    address: deployment.morpho,
    abi,
    functionName: 'position',
    args: [id, account],
  })
  const sides: Readonly<Record<Side, bigint>> = { supply, borrow, collateral }
  for (const [side, raw] of Object.entries(sides))
    await changePosition(standing, { ...key, side }, { raw }, () => ({ raw }))
}

/** The contract's own row; an address that is not known yet is null. */
export const initialContract = (morpho: Address) => ({ kind: 'pool', unit: morpho as string, label: 'Morpho Blue' })

async function writeContract(facts: Facts, deployment: ResolvedDeployment): Promise<void> {
  const { morpho, markets, olderMarkets, startBlock, isOlder } = deployment
  const values = initialContract(morpho)
  if (!isOlder) {
    await changeMarket(facts, contractKey(morpho), values, () => values)
    return
  }
  const blockNumber = BigInt(startBlock - 1)
  const ask = (functionName: 'feeRecipient' | 'owner') =>
    facts.views.readContract({ address: morpho, abi, functionName, blockNumber })
  await writeOpening(facts, PROTOCOL, morpho, startBlock)
  if (markets === null && olderMarkets === null) await writeOpening(facts, UNLISTED, morpho, startBlock)
  const found = { ...values, feeRecipient: lower(await ask('feeRecipient')), owner: lower(await ask('owner')) }
  await changeMarket(facts, contractKey(morpho), found, () => found)
  const standing = { ...facts, views: viewsAt(facts.views, blockNumber) }
  for (const id of markets ?? olderMarkets ?? []) await writeMarket(standing, deployment, id)
}

function lower(address: Address): Address {
  return address.toLowerCase() as Address
}

export const beforeHandlers = [
  onSetup('MorphoBlue', async (facts) => {
    for (const deployment of deployments) await writeContract(facts, deployment)
  }),
]
