/** Reserves listed, dropped, and their tokens upgraded. These events are rare, so their handlers may ask the chain. */
import type { Address } from 'viem'
import { aaveV3PoolConfiguratorAbi as abi } from '../../../../abis/aave-v3/poolConfigurator'
import { aaveV3ScaledTokenAbi } from '../../../../abis/aave-v3/scaledToken'
import { marketToken, reserveSlot } from '../../../../ponder.schema'
import { changeMarket, changeMarketParameters, changeMarketState } from '../../../positions/write'
import { writeToken } from '../../../positions/writeToken'
import type { Facts } from '../../../runtime/facts'
import { onEvent } from '../../../runtime/onEvent'
import { readToken } from '../../../runtime/readToken'
import { initialMarket, initialParameters, initialState } from '../initial'
import { PROTOCOL, reserveKey } from '../keys'
import { type Rounding, roundingOf, type Side } from '../transitions'
import { poolOf } from './deployments'
import { readSource } from './oracle'
import type { ReserveToken } from './reserveToken'

const CONTRACT = 'AaveV3PoolConfigurator'

async function revisionOf({ views }: Facts, side: Side, address: Address): Promise<number> {
  const functionName = side === 'supply' ? 'ATOKEN_REVISION' : 'DEBT_TOKEN_REVISION'
  return Number(await views.readContract({ address, abi: aaveV3ScaledTokenAbi, functionName }))
}

/** The pool gives a new reserve the lowest id that is free. */
async function takeSlot({ store, stamp: { chainId } }: Facts, pool: Address, token: Address): Promise<number> {
  for (let index = 0; ; index++) {
    const key = { chainId, unit: pool, index }
    const slot = await store.find(reserveSlot, key)
    if (slot === null) {
      await store.insert(reserveSlot).values({ ...key, token })
      return index
    }
    if (slot.token === null) {
      await store.update(reserveSlot, key).set({ token })
      return index
    }
  }
}

async function freeSlot({ store, stamp: { chainId } }: Facts, pool: Address, token: Address): Promise<void> {
  for (let index = 0; ; index++) {
    const key = { chainId, unit: pool, index }
    const slot = await store.find(reserveSlot, key)
    if (slot === null) return
    if (slot.token === token) await store.update(reserveSlot, key).set({ token: null })
  }
}

async function linkToken(
  { store, stamp: { chainId } }: Facts,
  token: Address,
  market: string,
  side: ReserveToken['side'],
  rounding: Rounding,
): Promise<void> {
  await store.insert(marketToken).values({ chainId, token, protocol: PROTOCOL, market, side, rounding })
}

async function upgradeToken(
  facts: Facts,
  pool: Address,
  asset: Address,
  side: Side,
  token: Address,
  implementation: Address,
) {
  // Asked of the implementation, whose constant is fixed; the proxy would answer for the end of the block.
  const revision = await revisionOf(facts, side, implementation)
  const rounding = roundingOf(side, token, revision)
  await facts.store.update(marketToken, { chainId: facts.stamp.chainId, token }).set({ rounding })
  await changeMarket(facts, reserveKey(pool, asset), initialMarket('reserve', pool), () =>
    side === 'supply'
      ? { receiptRevision: revision, receiptRounding: rounding }
      : { debtRevision: revision, debtRounding: rounding },
  )
}

export const listingHandlers = [
  onEvent(CONTRACT, abi, 'ReserveInitialized', async (facts, { args, address }) => {
    const pool = poolOf(address)
    const key = reserveKey(pool, args.asset)
    const metadata = await readToken(facts.views, args.asset)
    const receiptRevision = await revisionOf(facts, 'supply', args.aToken)
    const debtRevision = await revisionOf(facts, 'borrow', args.variableDebtToken)
    const oracle = await readSource(facts, pool, args.asset)
    const marketIndex = await takeSlot(facts, pool, args.asset)
    const receiptRounding = roundingOf('supply', args.aToken, receiptRevision)
    const debtRounding = roundingOf('borrow', args.variableDebtToken, debtRevision)
    const stableDebtToken = BigInt(args.stableDebtToken) === 0n ? null : args.stableDebtToken
    await writeToken(facts, args.asset, metadata)
    await linkToken(facts, args.aToken, key.market, 'supply', receiptRounding)
    await linkToken(facts, args.variableDebtToken, key.market, 'borrow', debtRounding)
    if (stableDebtToken !== null) await linkToken(facts, stableDebtToken, key.market, 'borrowStable', 'halfUp')
    await changeMarket(facts, key, initialMarket('reserve', pool), () => ({
      token: args.asset,
      receipt: args.aToken,
      debtToken: args.variableDebtToken,
      stableDebtToken,
      oracle,
      marketIndex,
      receiptRevision,
      debtRevision,
      receiptRounding,
      debtRounding,
    }))
    // A reserve that was dropped and is listed again starts from nothing.
    const parameters = { ...initialParameters, flags: 'active', decimals: metadata.decimals }
    await changeMarketParameters(facts, key, parameters, () => parameters)
    const accruedToTreasury = receiptRounding === 'directed' ? 0n : null
    const state = { ...initialState(facts.stamp.blockTimestamp), accruedToTreasury }
    await changeMarketState(facts, key, state, () => state)
  }),
  onEvent(CONTRACT, abi, 'ReserveDropped', async (facts, { args, address }) => {
    const pool = poolOf(address)
    const key = reserveKey(pool, args.asset)
    await freeSlot(facts, pool, args.asset)
    await changeMarket(facts, key, initialMarket('reserve', pool), () => ({ marketIndex: null }))
    await changeMarketParameters(facts, key, initialParameters, () => initialParameters)
  }),
  onEvent(CONTRACT, abi, 'ATokenUpgraded', (facts, { args, address }) =>
    upgradeToken(facts, poolOf(address), args.asset, 'supply', args.proxy, args.implementation),
  ),
  onEvent(CONTRACT, abi, 'VariableDebtTokenUpgraded', (facts, { args, address }) =>
    upgradeToken(facts, poolOf(address), args.asset, 'borrow', args.proxy, args.implementation),
  ),
]
