import { type Address, maxUint128, parseUnits } from 'viem'
import { contractCall } from '../chain/contractCall'
import { deployContract } from '../chain/deployContract'
import type { Contract, LocalChain } from '../chain/types'
import type { compileOwnContracts } from '../compile/ownContracts'
import type { compileVaultContracts } from '../compile/vaultContracts'
import { deployVaultV2 } from './deployVaultV2'
import type { AaveMarket, Foundation, MoreVaults, MorphoBlue, MorphoMarketName, Vault } from './types'

interface Artifacts {
  readonly own: Awaited<ReturnType<typeof compileOwnContracts>>
  readonly vaults: Awaited<ReturnType<typeof compileVaultContracts>>
}

/** Where the lending vaults lend, in the order of both queues. */
const queue: readonly MorphoMarketName[] = ['wethUsdc', 'wbtcUsdc', 'idleUsdc']
/** Of the first markets, so that deposits overflow into the next. */
const cap = parseUnits('400000', 6)
const fee = parseUnits('0.1', 18)

/**
 * Vaults of every other kind over USDC: without virtual shares, lending in Morpho (both versions of MetaMorpho, and Vault V2), of another vault's shares, of
 * receipts, with a rate of its own, with requested redemptions; and a staked ether that rebases.
 */
export async function deployMoreVaults(
  chain: LocalChain,
  { own, vaults }: Artifacts,
  owner: Address,
  feeRecipient: Address,
  { tokens }: Foundation,
  { reserves }: AaveMarket,
  morpho: MorphoBlue,
): Promise<MoreVaults> {
  const usdc = tokens.USDC.address
  const startBlock = Number(await chain.client.getBlockNumber()) + 1
  const vault = async (contract: Contract): Promise<Vault> => ({ ...contract, asset: 'USDC', startBlock })
  const lender = (name: 'MetaMorphoStandIn' | 'MetaMorphoV1_1StandIn', symbol: string) =>
    deployContract(chain, owner, vaults[name], [morpho.core.address, usdc, symbol])
  const plain = await deployContract(chain, owner, vaults.PlainVault, [usdc, 'pUSDC'])
  const metaMorpho = await lender('MetaMorphoStandIn', 'mmUSDC')
  const metaMorphoV1_1 = await lender('MetaMorphoV1_1StandIn', 'mm11USDC')
  const wrapped = (asset: Contract, symbol: string) =>
    deployContract(chain, owner, own.TokenVault, [asset.address, symbol, symbol, 0])
  const nested = await wrapped(metaMorphoV1_1, 'nUSDC')
  const receipts = await wrapped(reserves.USDC.aToken, 'raUSDC')
  const ownRate = await deployContract(chain, owner, vaults.OwnRateVault, [usdc, 'sUSDC'])
  const async = await deployContract(chain, owner, vaults.AsyncVault, [usdc, 'qUSDC'])
  const rebasing = await deployContract(chain, owner, vaults.RebasingEther)
  await chain.mine()
  for (const contract of [metaMorpho, metaMorphoV1_1]) {
    for (const name of queue) {
      const limit = name === 'idleUsdc' ? maxUint128 : cap
      await chain.send(contractCall(owner, contract, 'submitCap', [morpho.markets[name].params, limit]))
    }
    await chain.send(contractCall(owner, contract, 'setSupplyQueue', [queue.map((name) => morpho.markets[name].id)]))
    await chain.send(contractCall(owner, contract, 'setFeeRecipient', [feeRecipient]))
    await chain.send(contractCall(owner, contract, 'setFee', [fee]))
    await chain.send(contractCall(owner, contract, 'setCurator', [owner]))
    await chain.send(contractCall(owner, contract, 'submitGuardian', [feeRecipient]))
  }
  await chain.mine()
  const vaultV2 = await deployVaultV2(chain, vaults, owner, feeRecipient, usdc, morpho, metaMorpho)
  return {
    exact: {
      plainUsdc: await vault(plain),
      metaMorpho: await vault(metaMorpho),
      metaMorphoV1_1: await vault(metaMorphoV1_1),
      vaultV2: await vault(vaultV2.vault),
    },
    adapters: { positions: vaultV2.positions, books: vaultV2.books, shares: vaultV2.shares },
    nested: await vault(nested),
    receipts: await vault(receipts),
    ownRate: await vault(ownRate),
    async: await vault(async),
    rebasing,
  }
}
