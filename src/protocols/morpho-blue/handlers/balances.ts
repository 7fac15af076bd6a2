/** Shares, collateral and totals, each from the event that names them. */
import type { Address, Hex } from 'viem'
import { morphoBlueAbi as abi } from '../../../../abis/morpho-blue/morpho'
import { market } from '../../../../ponder.schema'
import { changePosition } from '../../../positions/write'
import type { Facts } from '../../../runtime/facts'
import { onEvent } from '../../../runtime/onEvent'
import { contractKey } from '../keys'
import {
  accrued,
  type BalanceChange,
  borrowed,
  liquidated,
  liquidatedBalances,
  repaid,
  supplied,
  type Totals,
  withdrawn,
} from '../transitions'
import type { ResolvedDeployment } from '../types'
import { ensureMarket, ensurePosition } from './before'
import { deploymentOf, isIndexed, keyOf } from './deployments'
import { changeTotals } from './state'

const CONTRACT = 'MorphoBlue'

type Event = { readonly address: Address; readonly args: { readonly id: Hex } }

/**
 * Applies one event of a market.
 * @param next its totals afterwards; null where the event neither moves nor accrues them.
 */
async function apply(
  facts: Facts,
  { address, args: { id } }: Event,
  changes: readonly BalanceChange<Address>[],
  next: ((totals: Totals) => Totals) | null,
): Promise<void> {
  const deployment = deploymentOf(address)
  if (!isIndexed(deployment, id)) return
  await ensureMarket(facts, deployment, id)
  for (const change of changes) await changeBalance(facts, deployment, id, change)
  if (next !== null) await changeTotals(facts, keyOf(deployment, id), next)
}

async function changeBalance(
  facts: Facts,
  deployment: ResolvedDeployment,
  id: Hex,
  { account, side, change }: BalanceChange<Address>,
): Promise<void> {
  if (change === 0n) return
  await ensurePosition(facts, deployment, id, account)
  await changePosition(facts, { ...keyOf(deployment, id), account, side }, { raw: 0n }, ({ raw }) => ({
    raw: raw + change,
  }))
}

/** Who receives the protocol's share of interest at this moment. */
async function feeRecipient({ store, stamp }: Facts, morpho: Address): Promise<Address | null> {
  const row = await store.find(market, { chainId: stamp.chainId, ...contractKey(morpho) })
  return (row?.feeRecipient as Address | null | undefined) ?? null
}

export const balanceHandlers = [
  onEvent(CONTRACT, abi, 'Supply', (facts, event) => {
    const { onBehalf, shares } = event.args
    return apply(facts, event, [{ account: onBehalf, side: 'supply', change: shares }], (totals) =>
      supplied(totals, event.args),
    )
  }),
  onEvent(CONTRACT, abi, 'Withdraw', (facts, event) => {
    const { onBehalf, shares } = event.args
    return apply(facts, event, [{ account: onBehalf, side: 'supply', change: -shares }], (totals) =>
      withdrawn(totals, event.args),
    )
  }),
  onEvent(CONTRACT, abi, 'Borrow', (facts, event) => {
    const { onBehalf, shares } = event.args
    return apply(facts, event, [{ account: onBehalf, side: 'borrow', change: shares }], (totals) =>
      borrowed(totals, event.args),
    )
  }),
  onEvent(CONTRACT, abi, 'Repay', (facts, event) => {
    const { onBehalf, shares } = event.args
    return apply(facts, event, [{ account: onBehalf, side: 'borrow', change: -shares }], (totals) =>
      repaid(totals, event.args),
    )
  }),
  onEvent(CONTRACT, abi, 'SupplyCollateral', (facts, event) => {
    const { onBehalf, assets } = event.args
    return apply(facts, event, [{ account: onBehalf, side: 'collateral', change: assets }], null)
  }),
  onEvent(CONTRACT, abi, 'WithdrawCollateral', (facts, event) => {
    const { onBehalf, assets } = event.args
    return apply(facts, event, [{ account: onBehalf, side: 'collateral', change: -assets }], (totals) => totals)
  }),
  onEvent(CONTRACT, abi, 'Liquidate', (facts, event) =>
    apply(facts, event, liquidatedBalances(event.args.borrower, event.args), (totals) =>
      liquidated(totals, event.args),
    ),
  ),
  onEvent(CONTRACT, abi, 'AccrueInterest', async (facts, event) => {
    const { address, args } = event
    const deployment = deploymentOf(address)
    if (!isIndexed(deployment, args.id)) return
    const account = args.feeShares === 0n ? null : await feeRecipient(facts, address)
    const changes = account === null ? [] : [{ account, side: 'supply' as const, change: args.feeShares }]
    await apply(facts, event, changes, (totals) => accrued(totals, args))
  }),
]
