/** Scaled balances of aTokens and variable debt tokens, from the tokens' own events. */
import type { Address } from 'viem'
import { aaveV3ScaledTokenAbi } from '../../../../abis/aave-v3/scaledToken'
import { marketToken } from '../../../../ponder.schema'
import { changeMarketState, changePosition } from '../../../positions/write'
import type { Facts } from '../../../runtime/facts'
import { onEvent } from '../../../runtime/onEvent'
import { initialState } from '../initial'
import { PROTOCOL } from '../keys'
import { nextScaledBalance, type Rounding, type Side } from '../transitions'

/** A token emitted an event before its reserve was listed: the configured start block is later than the listing. */
export class UnknownReserveTokenError extends Error {
  override readonly name = 'UnknownReserveTokenError'
  constructor(token: Address, block: bigint) {
    super(
      `${token} moved in block ${block}, but no reserve it belongs to is known. Check the startBlock of the market.`,
    )
  }
}

type ReserveToken = { readonly market: string; readonly side: Side; readonly rounding: Rounding }

async function reserveToken({ store, stamp }: Facts, token: Address): Promise<ReserveToken> {
  const row = await store.find(marketToken, { chainId: stamp.chainId, token })
  if (row === null) throw new UnknownReserveTokenError(token, stamp.blockNumber)
  return row as unknown as ReserveToken
}

/** Changes an account's scaled balance; returns by how much. */
async function changeBalance(
  facts: Facts,
  { market, side }: ReserveToken,
  account: Address,
  next: (scaled: bigint) => bigint,
): Promise<bigint> {
  let change = 0n
  const key = { protocol: PROTOCOL, market, account, side }
  await changePosition(facts, key, { raw: 0n, rate: null, accruedAt: null }, ({ raw }) => {
    const after = next(raw)
    change = after - raw
    return { raw: after }
  })
  return change
}

async function move(facts: Facts, token: Address, account: Address, moved: bigint, index: bigint): Promise<void> {
  const reserve = await reserveToken(facts, token)
  const { market, side, rounding } = reserve
  const change = await changeBalance(facts, reserve, account, (scaled) =>
    nextScaledBalance(side, rounding, scaled, moved, index),
  )
  if (change === 0n) return
  const initial = initialState(facts.stamp.blockTimestamp)
  await changeMarketState(facts, { protocol: PROTOCOL, market }, initial, (state) =>
    side === 'supply' ? { totalSupply: state.totalSupply + change } : { totalBorrow: state.totalBorrow + change },
  )
}

const ofToken = (contract: string) => [
  onEvent(contract, aaveV3ScaledTokenAbi, 'Mint', (facts, { args, address }) =>
    move(facts, address, args.onBehalfOf, args.value - args.balanceIncrease, args.index),
  ),
  onEvent(contract, aaveV3ScaledTokenAbi, 'Burn', (facts, { args, address }) =>
    move(facts, address, args.from, -(args.value + args.balanceIncrease), args.index),
  ),
]

export const balanceHandlers = [
  ...ofToken('AaveV3AToken'),
  ...ofToken('AaveV3VariableDebtToken'),
  onEvent('AaveV3AToken', aaveV3ScaledTokenAbi, 'BalanceTransfer', async (facts, { args, address }) => {
    const reserve = await reserveToken(facts, address)
    await changeBalance(facts, reserve, args.from, (scaled) => scaled - args.value)
    await changeBalance(facts, reserve, args.to, (scaled) => scaled + args.value)
  }),
]
