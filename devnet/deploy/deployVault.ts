import type { Address } from 'viem'
import { deployContract } from '../chain/deployContract'
import type { LocalChain } from '../chain/types'
import type { FoundationArtifacts } from './deployFoundation'
import type { Foundation, Vault } from './types'

/** Shares carry this many decimals more than the asset, OpenZeppelin's guard against the first depositor. */
const decimalsOffset = 6

/** Deploys an OpenZeppelin ERC-4626 vault over USDC; one block. */
export async function deployVault(
  chain: LocalChain,
  own: FoundationArtifacts['own'],
  owner: Address,
  { tokens }: Foundation,
): Promise<Vault> {
  const vault = await deployContract(chain, owner, own.TokenVault, [
    tokens.USDC.address,
    'Devnet USDC vault',
    'vUSDC',
    decimalsOffset,
  ])
  const { number } = await chain.mine()
  return { ...vault, asset: 'USDC', startBlock: Number(number) }
}
