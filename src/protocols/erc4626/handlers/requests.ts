/** Redemptions that are requested first and paid later: shares asked to be redeemed and not yet claimed, by who may claim them. */
import type { Address } from 'viem'
import { asyncVaultAbi as abi } from '../../../../abis/erc4626/asyncVault'
import { changePosition } from '../../../positions/write'
import type { Facts } from '../../../runtime/facts'
import { onEvent } from '../../../runtime/onEvent'

const CONTRACT = 'Erc7540Vault'
const nothing = { raw: 0n, rate: null, accruedAt: null }

async function addRequested(facts: Facts, vault: Address, account: Address, shares: bigint): Promise<void> {
  const key = { protocol: 'erc7540', market: vault, account, side: 'supply' }
  await changePosition(facts, key, nothing, ({ raw }) => ({ raw: raw + shares > 0n ? raw + shares : 0n }))
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
