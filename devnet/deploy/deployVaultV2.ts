import { type Address, maxUint128, parseUnits } from 'viem'
import { contractCall } from '../chain/contractCall'
import { deployContract } from '../chain/deployContract'
import type { Contract, LocalChain } from '../chain/types'
import type { compileVaultContracts } from '../compile/vaultContracts'
import type { MorphoBlue, VaultV2 } from './types'
import { allocationData, idDataOf, submitted, type VaultV2Call } from './vaultV2Calls'

const wad = 10n ** 18n
const secondsPerYear = 365n * 86_400n
const fee = parseUnits('0.1', 18)
const managementFee = parseUnits('0.01', 18) / secondsPerYear
const maxRate = (2n * wad) / secondsPerYear
const penalty = parseUnits('0.01', 18)

/**
 * A Vault V2 over USDC with an adapter of each kind: over markets by its positions, over a market by books of its own, and over a MetaMorpho vault.
 * Deposits go to the market that is only lent to, and withdrawals come from there.
 */
export async function deployVaultV2(
  chain: LocalChain,
  artifacts: Awaited<ReturnType<typeof compileVaultContracts>>,
  owner: Address,
  feeRecipient: Address,
  usdc: Address,
  { core, adaptiveCurve, markets }: MorphoBlue,
  inner: Contract,
): Promise<VaultV2> {
  const vault = await deployContract(chain, owner, artifacts.VaultV2StandIn, [owner, usdc, 'v2USDC'])
  await chain.mine()
  const adapter = (name: 'Market' | 'MarketAdapterV2' | 'Vault', args: readonly unknown[]) => {
    const of = {
      Market: artifacts.VaultV2MarketAdapterStandIn,
      MarketAdapterV2: artifacts.VaultV2MarketAdapterV2StandIn,
      Vault: artifacts.VaultV2VaultAdapterStandIn,
    }
    return deployContract(chain, owner, of[name], [vault.address, ...args])
  }
  const positions = await adapter('Market', [core.address])
  const books = await adapter('MarketAdapterV2', [core.address, adaptiveCurve.address])
  const shares = await adapter('Vault', [inner.address])
  await chain.mine()
  const { wethUsdc, wbtcUsdc, idleUsdc } = markets
  const idData = new Set([
    ...idDataOf(positions.address, wbtcUsdc.params),
    ...idDataOf(positions.address, idleUsdc.params),
    ...idDataOf(books.address, wethUsdc.params),
    ...idDataOf(shares.address, null),
  ])
  const terms: readonly VaultV2Call[] = [
    ['setIsAllocator', [owner, true]],
    ...[positions, books, shares].flatMap(({ address }): VaultV2Call[] => [
      ['addAdapter', [address]],
      ['setForceDeallocatePenalty', [address, penalty]],
    ]),
    ...[...idData].flatMap((data): VaultV2Call[] => [
      ['increaseAbsoluteCap', [data, maxUint128]],
      ['increaseRelativeCap', [data, wad]],
    ]),
    ['setPerformanceFeeRecipient', [feeRecipient]],
    ['setPerformanceFee', [fee]],
    ['setManagementFeeRecipient', [owner]],
    ['setManagementFee', [managementFee]],
  ]
  await chain.send(contractCall(owner, vault, 'setCurator', [owner]))
  await chain.mine()
  await chain.send(submitted(owner, vault, terms))
  await chain.mine()
  await chain.send(contractCall(owner, vault, 'setMaxRate', [maxRate]))
  const liquidity = [positions.address, allocationData(idleUsdc.params)]
  await chain.send(contractCall(owner, vault, 'setLiquidityAdapterAndData', liquidity))
  await chain.mine()
  return { vault, positions, books, shares }
}
