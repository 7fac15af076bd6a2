/** MetaMorpho vaults: queues, caps, fee and roles, and what the fee is computed from. What they have lent is in Morpho's own facts. */
import type { Address } from 'viem'
import { metaMorphoAbi as abi } from '../../../../abis/erc4626/metaMorpho'
import { changeVault, changeVaultParameters, changeVaultState } from '../../../positions/write'
import type { Facts } from '../../../runtime/facts'
import { onEvent } from '../../../runtime/onEvent'
import { marketKeyOf } from './marketKeys'
import { emptyState, vaultAt } from './vaults'

const CONTRACT = 'MetaMorpho'

export const emptyParameters = {
  fee: 0n,
  feeRecipient: null,
  owner: null,
  guardian: null,
  supplyQueue: [] as readonly string[],
  withdrawQueue: [] as readonly string[],
  caps: {} as Readonly<Record<string, string>>,
}

type Parameters = Partial<
  Omit<typeof emptyParameters, 'feeRecipient' | 'owner' | 'guardian'> &
    Record<'feeRecipient' | 'owner' | 'guardian', Address>
>

async function change(facts: Facts, vault: Address, values: Parameters): Promise<void> {
  await changeVaultParameters(facts, { vault }, emptyParameters, () => values)
}

async function changeState(facts: Facts, vault: Address, values: { lastTotalAssets: bigint } | { lostAssets: bigint }) {
  await changeVaultState(facts, { vault }, emptyState, () => values)
}

const keysOf = (vault: Address, ids: readonly string[]) => ids.map((id) => marketKeyOf(vaultAt(vault)!.metaMorpho!, id))

async function setCap(facts: Facts, vault: Address, id: string, cap: bigint): Promise<void> {
  const [key] = keysOf(vault, [id])
  await changeVaultParameters(facts, { vault }, emptyParameters, ({ caps }) => {
    const { [key!]: _, ...others } = caps
    return { caps: cap === 0n ? others : { ...others, [key!]: String(cap) } }
  })
}

export const metaMorphoHandlers = [
  onEvent(CONTRACT, abi, 'UpdateLastTotalAssets', (facts, { args, address }) =>
    changeState(facts, address, { lastTotalAssets: args.updatedTotalAssets }),
  ),
  onEvent(CONTRACT, abi, 'UpdateLostAssets', (facts, { args, address }) =>
    changeState(facts, address, { lostAssets: args.newLostAssets }),
  ),
  onEvent(CONTRACT, abi, 'SetFee', (facts, { args, address }) => change(facts, address, { fee: args.newFee })),
  onEvent(CONTRACT, abi, 'SetFeeRecipient', (facts, { args, address }) =>
    change(facts, address, { feeRecipient: args.newFeeRecipient }),
  ),
  onEvent(CONTRACT, abi, 'SetGuardian', (facts, { args, address }) =>
    change(facts, address, { guardian: args.guardian }),
  ),
  onEvent(CONTRACT, abi, 'OwnershipTransferred', (facts, { args, address }) =>
    change(facts, address, { owner: args.newOwner }),
  ),
  onEvent(CONTRACT, abi, 'SetSupplyQueue', (facts, { args, address }) =>
    change(facts, address, { supplyQueue: keysOf(address, args.newSupplyQueue) }),
  ),
  onEvent(CONTRACT, abi, 'SetWithdrawQueue', (facts, { args, address }) =>
    change(facts, address, { withdrawQueue: keysOf(address, args.newWithdrawQueue) }),
  ),
  onEvent(CONTRACT, abi, 'SetCap', (facts, { args, address }) => setCap(facts, address, args.id, args.cap)),
  onEvent(CONTRACT, abi, 'SetCurator', async (facts, { args, address }) => {
    const { asset, decimals, assetDecimals, shape, curator } = vaultAt(address)!
    // Who curates in the eyes of the configuration goes before who may in the contract's.
    if (curator !== null) return
    const values = { asset, offset: decimals - assetDecimals, shape }
    await changeVault(facts, { vault: address }, values, () => ({ curator: args.newCurator }))
  }),
]
