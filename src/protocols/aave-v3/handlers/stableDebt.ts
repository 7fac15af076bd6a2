/** Stable debt of Aave 3.0: each account's principal has a rate of its own and is accrued when it changes. */
import type { Address } from 'viem'
import { aaveV3StableDebtTokenAbi as abi } from '../../../../abis/aave-v3/stableDebtToken'
import { changePosition } from '../../../positions/write'
import type { Facts } from '../../../runtime/facts'
import { onEvent } from '../../../runtime/onEvent'
import { PROTOCOL, poolOf } from '../keys'
import { type StableDebt, type StableTotal, stableBurn, stableMint, stableTotal } from '../transitions'
import { ensureAccount } from './before'
import { changeReserveState } from './reserveState'
import { reserveToken } from './reserveToken'

async function change(
  facts: Facts,
  token: Address,
  account: Address,
  next: (rate: bigint) => StableDebt,
  total: StableTotal,
): Promise<void> {
  const { market, side } = await reserveToken(facts, token)
  const key = { protocol: PROTOCOL, market, account, side }
  await ensureAccount(facts, poolOf(market), account)
  await changePosition(facts, key, { raw: 0n, rate: 0n, accruedAt: 0n }, ({ rate }) => next(rate ?? 0n))
  await changeReserveState(facts, market, () => total)
}

const ofToken = (contract: string) => [
  onEvent(`${contract}Mint`, abi, 'Mint', (facts, { args, address }) => {
    const time = facts.stamp.blockTimestamp
    const isRepayment = args.amount < args.balanceIncrease
    return change(facts, address, args.onBehalfOf, () => stableMint(args, time), stableTotal(args, isRepayment, time))
  }),
  onEvent(`${contract}Burn`, abi, 'Burn', (facts, { args, address }) => {
    const time = facts.stamp.blockTimestamp
    return change(facts, address, args.from, (rate) => stableBurn(args, rate, time), stableTotal(args, true, time))
  }),
]

export const stableDebtHandlers = [...ofToken('AaveV3StableDebtToken'), ...ofToken('AaveV3OlderStableDebtToken')]
