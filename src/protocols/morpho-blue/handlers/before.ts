/** Morpho contracts that are older than the first indexed block: what a market or an account had before its first event. */
import { type Address, type Hex, zeroAddress } from 'viem'
import { morphoBlueAbi as abi } from '../../../../abis/morpho-blue/morpho'
import { morphoRateModelAbi } from '../../../../abis/morpho-blue/rateModel'
import { market as marketTable, position } from '../../../../ponder.schema'
import { changeMarket, changeMarketParameters, changeMarketState, changePosition } from '../../../positions/write'
import { writeOpening } from '../../../positions/writeOpening'
import type { Facts } from '../../../runtime/facts'
import { onSetup } from '../../../runtime/onSetup'
import { contractKey, PROTOCOL } from '../keys'
import type { Side } from '../transitions'
import type { ResolvedDeployment } from '../types'
import { deployments, keyOf } from './deployments'
import { listMarket, type MarketTerms } from './listing'
import { stateOf } from './state'

/** Reads a market that has no row yet as it stood at the end of a block, by default the one before the event's. */
export async function ensureMarket(facts: Facts, deployment: ResolvedDeployment, id: Hex, block?: bigint) {
  if (!deployment.isOlder) return
  const { store, stamp, views } = facts
  const key = keyOf(deployment, id)
  if ((await store.find(marketTable, { chainId: stamp.chainId, ...key })) !== null) return
  const read = { address: deployment.morpho, abi, args: [id], blockNumber: block ?? stamp.blockNumber - 1n } as const
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
  const { store, stamp, views } = facts
  const key = { account, ...keyOf(deployment, id) }
  if ((await store.find(position, { chainId: stamp.chainId, ...key, side: 'supply' })) !== null) return
  const [supply, borrow, collateral] = await views.readContract({
    address: deployment.morpho,
    abi,
    functionName: 'position',
    args: [id, account],
    blockNumber: stamp.blockNumber - 1n,
  })
  const sides: Readonly<Record<Side, bigint>> = { supply, borrow, collateral }
  for (const [side, raw] of Object.entries(sides))
    await changePosition(facts, { ...key, side }, { raw }, () => ({ raw }))
}

/** The contract's own row; an address that is not known yet is null. */
export const initialContract = (morpho: Address) => ({ kind: 'pool', unit: morpho as string, label: 'Morpho Blue' })

async function writeContract(facts: Facts, deployment: ResolvedDeployment): Promise<void> {
  const { morpho, markets, startBlock, isOlder } = deployment
  const values = initialContract(morpho)
  if (!isOlder) {
    await changeMarket(facts, contractKey(morpho), values, () => values)
    return
  }
  const blockNumber = BigInt(startBlock - 1)
  const ask = (functionName: 'feeRecipient' | 'owner') =>
    facts.views.readContract({ address: morpho, abi, functionName, blockNumber })
  await writeOpening(facts, PROTOCOL, morpho)
  const found = { ...values, feeRecipient: lower(await ask('feeRecipient')), owner: lower(await ask('owner')) }
  await changeMarket(facts, contractKey(morpho), found, () => found)
  for (const id of markets ?? []) await ensureMarket(facts, deployment, id, blockNumber)
}

function lower(address: Address): Address {
  return address.toLowerCase() as Address
}

export const beforeHandlers = [
  onSetup('MorphoBlue', async (facts) => {
    for (const deployment of deployments) await writeContract(facts, deployment)
  }),
]
