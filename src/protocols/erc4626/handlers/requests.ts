/** Redemptions that are requested first and paid later: shares asked to be redeemed and not yet claimed, by who may claim them. */
import type { Address } from 'viem'
import { asyncVaultAbi as abi } from '../../../../abis/erc4626/asyncVault'
import { position } from '../../../../ponder.schema'
import { standingBefore } from '../../../positions/standingBefore'
import { changePosition } from '../../../positions/write'
import { askAll } from '../../../runtime/askAll'
import type { Facts } from '../../../runtime/facts'
import { onEvent } from '../../../runtime/onEvent'
import { vaultAt } from './vaults'

const CONTRACT = 'Erc7540Vault'
/** Under it a vault that does not number its requests has all of them. */
const ALL_REQUESTS = 0n

/** Writes what an account had requested before its first event. */
async function ensureRequested(facts: Facts, vault: Address, account: Address): Promise<void> {
  const { isOlder, startBlock } = vaultAt(vault)!
  const key = { protocol: 'erc7540', market: vault, account, side: 'supply' }
  if (!isOlder || (await facts.store.find(position, { chainId: facts.stamp.chainId, ...key })) !== null) return
  const standing = await standingBefore(facts, startBlock)
  const read = (functionName: string) => ({ address: vault, abi, functionName, args: [ALL_REQUESTS, account] })
  const answers = await askAll(standing.views, [read('pendingRedeemRequest'), read('claimableRedeemRequest')])
  const [pending, claimable] = answers as [bigint, bigint]
  const raw = pending + claimable
  await changePosition(standing, key, { raw }, () => ({ raw }))
}

async function addRequested(facts: Facts, vault: Address, account: Address, shares: bigint): Promise<void> {
  await ensureRequested(facts, vault, account)
  const key = { protocol: 'erc7540', market: vault, account, side: 'supply' }
  await changePosition(facts, key, { raw: 0n }, ({ raw }) => ({ raw: raw + shares > 0n ? raw + shares : 0n }))
}

export const requestHandlers = [
  onEvent(CONTRACT, abi, 'RedeemRequest', (facts, { args, address }) =>
    addRequested(facts, address, args.controller, args.shares),
  ),
  // Of a claim the "owner" is the controller.
  onEvent(CONTRACT, abi, 'Withdraw', (facts, { args, address }) =>
    addRequested(facts, address, args.owner, -args.shares),
  ),
]
