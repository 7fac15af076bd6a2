import type { Address, PublicClient } from 'viem'
import { erc20Abi } from '../../../abis/erc20'
import { erc4626VaultAbi as abi } from '../../../abis/erc4626/vault'
import { readToken } from '../../runtime/readToken'
import type { ResolveContext } from '../protocol'
import type { ResolvedVault } from './types'

/** A configured vault does not answer like one. */
export class VaultError extends Error {
  override readonly name = 'VaultError'
}

/** Finds the asset, the decimals and the starting totals of every configured vault. */
export function resolveErc4626({ client, config, startOf }: ResolveContext): Promise<ResolvedVault[]> {
  return Promise.all(
    config.erc4626.map(async ({ address, shape, curator, startBlock }): Promise<ResolvedVault> => {
      const start = startOf(startBlock)
      const asset = await assetOf(client, address)
      const [own, underlying] = await Promise.all([readToken(client, address), readToken(client, asset)])
      return {
        vault: address,
        asset,
        symbol: own.symbol,
        decimals: own.decimals,
        assetSymbol: underlying.symbol,
        assetDecimals: underlying.decimals,
        shape,
        curator,
        startBlock: start,
        before: await totalsAt(client, address, asset, BigInt(Math.max(start - 1, 0))),
      }
    }),
  )
}

async function assetOf(client: PublicClient, vault: Address): Promise<Address> {
  const asset = await client.readContract({ address: vault, abi, functionName: 'asset' }).catch((error: unknown) => {
    throw new VaultError(`erc4626 vault ${vault} does not answer asset(); check the address. ${String(error)}`)
  })
  return asset.toLowerCase() as Address
}

async function totalsAt(client: PublicClient, vault: Address, asset: Address, blockNumber: bigint) {
  const code = await client.getCode({ address: vault, blockNumber })
  const [totalAssets, totalSupply] =
    code === undefined
      ? [0n, 0n]
      : await Promise.all([
          client.readContract({ address: asset, abi: erc20Abi, functionName: 'balanceOf', args: [vault], blockNumber }),
          client.readContract({ address: vault, abi, functionName: 'totalSupply', blockNumber }),
        ])
  return { totalAssets: String(totalAssets), totalSupply: String(totalSupply) }
}
