/** Scaled balances of aTokens and variable debt tokens, from the tokens' own events. */
import type { Address } from 'viem'
import { aaveV3ScaledTokenAbi } from '../../../../abis/aave-v3/scaledToken'
import { changePosition } from '../../../positions/write'
import type { Facts } from '../../../runtime/facts'
import { onEvent } from '../../../runtime/onEvent'
import { PROTOCOL, poolOf } from '../keys'
import { nextScaledBalance, type Side } from '../transitions'
import { ensureAccount } from './before'
import { changeReserveState } from './reserveState'
import { reserveToken } from './reserveToken'

/** Changes an account's scaled balance; returns by how much. */
async function changeBalance(
  facts: Facts,
  market: string,
  side: Side,
  account: Address,
  next: (scaled: bigint) => bigint,
): Promise<bigint> {
  const key = { protocol: PROTOCOL, market, account, side }
  await ensureAccount(facts, poolOf(market), account)
  let change = 0n
  await changePosition(facts, key, { raw: 0n }, ({ raw: before }) => {
    const raw = next(before)
    change = raw - before
    return { raw }
  })
  return change
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
  const change = await changeBalance(facts, market, side, account, next)
  await changeReserveState(facts, market, ({ totalSupply, totalBorrow }) =>
    side === 'supply' ? { totalSupply: totalSupply + change } : { totalBorrow: totalBorrow + change },
  )
}

const ofToken = (contract: string, side: Side) => [
  onEvent(`${contract}Mint`, aaveV3ScaledTokenAbi, 'Mint', (facts, { args, address }) =>
    move(facts, address, side, args.onBehalfOf, args.value - args.balanceIncrease, args.index),
  ),
  onEvent(`${contract}Burn`, aaveV3ScaledTokenAbi, 'Burn', (facts, { args, address }) =>
    move(facts, address, side, args.from, -(args.value + args.balanceIncrease), args.index),
  ),
]

const ofAToken = (contract: string) => [
  ...ofToken(contract, 'supply'),
  onEvent(`${contract}BalanceTransfer`, aaveV3ScaledTokenAbi, 'BalanceTransfer', async (facts, { args, address }) => {
    const { market } = await reserveToken(facts, address)
    await changeBalance(facts, market, 'supply', args.from, (scaled) => scaled - args.value)
    await changeBalance(facts, market, 'supply', args.to, (scaled) => scaled + args.value)
  }),
]

export const balanceHandlers = [
  ...ofAToken('AaveV3AToken'),
  ...ofAToken('AaveV3OlderAToken'),
  ...ofToken('AaveV3VariableDebtToken', 'borrow'),
  ...ofToken('AaveV3OlderVariableDebtToken', 'borrow'),
]
