import { type Address, maxUint256 } from 'viem'
import { contractCall } from '../../devnet/chain/contractCall'
import type { LocalChain } from '../../devnet/chain/types'
import { allocationData } from '../../devnet/deploy/vaultV2Calls'
import { vaultV2Places } from '../../devnet/operations/vaultV2Places'
import { comparedVaults } from '../truth/comparedVaults'
import type { SimulatedContracts } from '../types'
import { unitsFor } from './funds'

const depositedDollars = 25_000
const stakedEther = 40n * 10n ** 18n
/** A few, so that every vault is valued in every block and most accounts still come to it by themselves. */
const depositors = 4

/** Some have shares of every vault, a request that waits, and staked ether; everybody may deposit. The Vault V2 has something everywhere. */
export async function openVaults(
  chain: LocalChain,
  { aave, tokens, vaults, moreVaults, morpho }: SimulatedContracts,
  owner: Address,
  actors: readonly Address[],
): Promise<void> {
  if (moreVaults === null) return
  const { async, receipts, rebasing } = moreVaults
  const receipt = aave.reserves.USDC.aToken
  for (const actor of actors) {
    await chain.send(contractCall(actor, tokens.USDC, 'approve', [async.address, maxUint256]))
    await chain.send(contractCall(actor, receipt, 'approve', [receipts.address, maxUint256]))
  }
  for (const actor of actors.slice(0, depositors)) {
    const received = unitsFor('USDC', 2 * depositedDollars)
    await chain.send(contractCall(actor, aave.pool, 'supply', [tokens.USDC.address, received, actor, 0]))
    for (const vault of Object.values(comparedVaults({ vaults, moreVaults }))) {
      const amount = unitsFor(vault.asset, depositedDollars)
      await chain.send(contractCall(actor, vault, 'deposit', [amount, actor]))
    }
    await chain.send(contractCall(actor, async, 'requestRedeem', [unitsFor('USDC', 1_000), actor, actor]))
    await chain.send(contractCall(actor, rebasing, 'submit', [stakedEther]))
  }
  await chain.mine()
  const { vaultV2 } = moreVaults.exact
  const places = vaultV2Places(moreVaults, morpho).filter(({ market }) => market !== morpho.markets.idleUsdc)
  const idle = [moreVaults.adapters.positions.address, allocationData(morpho.markets.idleUsdc.params)]
  await chain.send(contractCall(owner, vaultV2, 'deallocate', [...idle, unitsFor('USDC', depositedDollars * 3)]))
  for (const { adapter, data } of places)
    await chain.send(contractCall(owner, vaultV2, 'allocate', [adapter, data, unitsFor('USDC', depositedDollars)]))
  await chain.mine()
}
