import type { Address, PublicClient } from 'viem'
import { erc20Abi } from '../../../abis/erc20'
import { erc4626VaultAbi as abi, stataTokenAbi } from '../../../abis/erc4626/vault'
import { readToken } from '../../runtime/readToken'
import type { ResolveContext } from '../protocol'
import { convertToAssets } from './transitions'
import type { ResolvedErc4626, ResolvedVault, VaultShape } from './types'

/** A configured vault does not answer like one. */
export class VaultError extends Error {
  override readonly name = 'VaultError'
}

/** Finds the asset, the shape and the starting totals of every configured vault. */
export async function resolveErc4626(context: ResolveContext): Promise<ResolvedErc4626> {
  const configured = context.config.erc4626
  return {
    vaults: await Promise.all(configured.map((vault) => resolveVault(context, vault))),
    checkFrom: context.pollFrom,
    checkEvery: Math.min(...configured.map(({ refreshBlocks }) => refreshBlocks), 100),
  }
}

async function resolveVault(
  { client, startOf }: ResolveContext,
  { address, shape, curator, startBlock }: ResolveContext['config']['erc4626'][number],
): Promise<ResolvedVault> {
  const start = startOf(startBlock)
  const asset = await assetOf(client, address)
  const [own, underlying] = await Promise.all([readToken(client, address), readToken(client, asset)])
  const market = shape === 'standard' ? await wrappedMarket(client, address, asset) : null
  return {
    vault: address,
    asset,
    symbol: own.symbol,
    decimals: own.decimals,
    assetSymbol: underlying.symbol,
    assetDecimals: underlying.decimals,
    shape: market !== null ? 'stata' : await refineShape(client, address, shape, own.decimals - underlying.decimals),
    curator,
    market,
    startBlock: start,
    ...(await totalsAt(client, address, asset, BigInt(Math.max(start - 1, 0)))),
  }
}

async function assetOf(client: PublicClient, vault: Address): Promise<Address> {
  const asset = await client.readContract({ address: vault, abi, functionName: 'asset' }).catch((error: unknown) => {
    throw new VaultError(`erc4626 vault ${vault} does not answer asset(); check the address. ${String(error)}`)
  })
  return asset.toLowerCase() as Address
}

/** The Aave reserve a StataToken wraps; null for any other vault. */
async function wrappedMarket(client: PublicClient, vault: Address, asset: Address): Promise<string | null> {
  const ask = (functionName: 'aToken' | 'POOL') =>
    client.readContract({ address: vault, abi: stataTokenAbi, functionName }).catch(() => null)
  const [aToken, pool] = await Promise.all([ask('aToken'), ask('POOL')])
  return aToken === null || pool === null ? null : `${pool.toLowerCase()}:${asset}`
}

/** Vaults without virtual shares are told from those with them by their own conversion; while both agree, they are taken to have them. */
async function refineShape(
  client: PublicClient,
  vault: Address,
  shape: VaultShape,
  offset: number,
): Promise<VaultShape> {
  if (shape !== 'standard') return shape
  const ask = (functionName: 'totalAssets' | 'totalSupply') =>
    client.readContract({ address: vault, abi, functionName })
  // A vault that does not answer stays what it was said to be, and is marked when it is first compared with its views.
  const [totalAssets, totalSupply] = await Promise.all([ask('totalAssets'), ask('totalSupply')]).catch(() => [0n, 0n])
  const read = { address: vault, abi, functionName: 'convertToAssets', args: [totalSupply] } as const
  const value = await client.readContract(read).catch(() => null)
  const as = (candidate: VaultShape) => convertToAssets(candidate, offset, { totalAssets, totalSupply }, totalSupply)
  return value !== as('standard') && value === as('solmate') ? 'solmate' : 'standard'
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
  const before = { totalAssets: String(totalAssets), totalSupply: String(totalSupply) }
  return { before, isOlder: code !== undefined }
}
