/** Scaled balances of aTokens and variable debt tokens, from the tokens' own events. */
import type { Address } from 'viem'
import { aaveV3ScaledTokenAbi } from '../../../../abis/aave-v3/scaledToken'
import { changePosition } from '../../../positions/write'
import type { Facts } from '../../../runtime/facts'
import { onEvent } from '../../../runtime/onEvent'
import { PROTOCOL } from '../keys'
import { nextScaledBalance, type Side } from '../transitions'
import { changeReserveState } from './reserveState'
import { reserveToken } from './reserveToken'

/** Changes an account's scaled balance; returns the one before. */
async function changeBalance(
  facts: Facts,
  market: string,
  side: Side,
  account: Address,
  next: (scaled: bigint) => bigint,
): Promise<bigint> {
  const key = { protocol: PROTOCOL, market, account, side }
  const initial = { raw: 0n, rate: null, accruedAt: null }
  const { raw } = await changePosition(facts, key, initial, ({ raw }) => ({ raw: next(raw) }))
  return raw
}

async function move(
  facts: Facts,
  token: Address,
  side: Side,
  account: Address,
  moved: bigint,
  index: bigint,
): Promise<void> {
  const { market, rounding } = await reserveToken(facts, token)
  // Interest reported on the way, without anything having moved.
  if (moved === 0n) return
  const next = (scaled: bigint) => nextScaledBalance(side, rounding, scaled, moved, index)
  const scaled = await changeBalance(facts, market, side, account, next)
  const change = next(scaled) - scaled
  await changeReserveState(facts, market, ({ totalSupply, totalBorrow }) =>
    side === 'supply' ? { totalSupply: totalSupply + change } : { totalBorrow: totalBorrow + change },
  )
}

const ofToken = (contract: string, side: Side) => [
  onEvent(contract, aaveV3ScaledTokenAbi, 'Mint', (facts, { args, address }) =>
    move(facts, address, side, args.onBehalfOf, args.value - args.balanceIncrease, args.index),
  ),
  onEvent(contract, aaveV3ScaledTokenAbi, 'Burn', (facts, { args, address }) =>
    move(facts, address, side, args.from, -(args.value + args.balanceIncrease), args.index),
  ),
]

export const balanceHandlers = [
  ...ofToken('AaveV3AToken', 'supply'),
  ...ofToken('AaveV3VariableDebtToken', 'borrow'),
  onEvent('AaveV3AToken', aaveV3ScaledTokenAbi, 'BalanceTransfer', async (facts, { args, address }) => {
    const { market } = await reserveToken(facts, address)
    await changeBalance(facts, market, 'supply', args.from, (scaled) => scaled - args.value)
    await changeBalance(facts, market, 'supply', args.to, (scaled) => scaled + args.value)
  }),
]
