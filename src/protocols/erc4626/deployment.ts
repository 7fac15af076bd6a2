import type { Address, PublicClient } from 'viem'
import { aaveV3ScaledTokenAbi } from '../../../abis/aave-v3/scaledToken'
import { erc20Abi } from '../../../abis/erc20'
import { asyncRedeemInterfaceId, asyncVaultAbi } from '../../../abis/erc4626/asyncVault'
import { erc4626VaultAbi as abi, aTokenAbi, stataTokenAbi } from '../../../abis/erc4626/vault'
import { morphoBlueAbi } from '../../../abis/morpho-blue/morpho'
import { readToken } from '../../runtime/readToken'
import type { ResolveContext } from '../protocol'
import { findMetaMorpho } from './findMetaMorpho'
import { findVaultV2 } from './findVaultV2'
import { ownShape } from './ownShape'
import type { ResolvedErc4626, ResolvedVault } from './types'

type VaultConfig = ResolveContext['config']['erc4626'][number]

/** A configured vault does not answer like one. */
export class VaultError extends Error {
  override readonly name = 'VaultError'
}

/** The longest time in blocks between two looks at an exact vault. */
const MOST_BLOCKS = 100

/** Finds the asset, the shape and the starting totals of every configured vault. */
export async function resolveErc4626(context: ResolveContext): Promise<ResolvedErc4626> {
  const configured = context.config.erc4626
  return {
    vaults: await Promise.all(configured.map((vault) => resolveVault(context, vault))),
    checkFrom: context.pollFrom,
    checkEvery: Math.min(...configured.map(({ refreshBlocks }) => refreshBlocks), MOST_BLOCKS),
  }
}

async function resolveVault(context: ResolveContext, configured: VaultConfig): Promise<ResolvedVault> {
  const { client, startOf } = context
  const { address, shape, curator, refreshBlocks } = configured
  const start = startOf('erc4626')
  const asset = await assetOf(client, address)
  const [own, underlying] = await Promise.all([readToken(client, address), readToken(client, asset)])
  const isOpen = shape === 'standard' || shape === 'metaMorpho' || shape === 'vaultV2'
  const wrapped = isOpen ? await wrappedMarket(client, address, asset) : null
  const metaMorpho = isOpen && wrapped === null ? await findMetaMorpho(context, address, start) : null
  const market = wrapped ?? (await receiptMarket(client, asset))
  const totals = await totalsAt(client, address, asset, BigInt(Math.max(start - 1, 0)))
  // What it has of a receipt grows without a transfer, so that nothing would say how much of it lies idle.
  const isBounded = isOpen && metaMorpho === null && market === null
  const vaultV2 = isBounded ? await findVaultV2(context, address, start) : null
  return {
    vault: address,
    asset,
    symbol: own.symbol,
    decimals: own.decimals,
    assetSymbol: underlying.symbol,
    assetDecimals: underlying.decimals,
    shape:
      wrapped !== null
        ? 'stata'
        : metaMorpho !== null
          ? 'metaMorpho'
          : vaultV2 !== null
            ? 'vaultV2'
            : shape === 'standard'
              ? await ownShape(client, {
                  vault: address,
                  asset,
                  decimals: own.decimals,
                  assetDecimals: underlying.decimals,
                })
              : 'other',
    curator,
    market,
    asyncRedeem: shape === 'erc7540' || (await declaresAsyncRedeem(client, address)),
    refreshBlocks: Math.min(refreshBlocks, MOST_BLOCKS),
    startBlock: start,
    ...totals,
    metaMorpho,
    elsewhere: totals.isOlder
      ? await elsewhereAt(client, address, { asset, market, wrapped, metaMorpho }, BigInt(start - 1))
      : [],
    vaultV2,
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

/** The Aave reserve a token is the receipt of; null for any other token. */
async function receiptMarket(client: PublicClient, token: Address): Promise<string | null> {
  const ask = (functionName: 'UNDERLYING_ASSET_ADDRESS' | 'POOL') =>
    client.readContract({ address: token, abi: aTokenAbi, functionName }).catch(() => null)
  const [underlying, pool] = await Promise.all([ask('UNDERLYING_ASSET_ADDRESS'), ask('POOL')])
  return underlying === null || pool === null ? null : `${pool}:${underlying}`.toLowerCase()
}

function declaresAsyncRedeem(client: PublicClient, vault: Address): Promise<boolean> {
  const read = { address: vault, abi: asyncVaultAbi, functionName: 'supportsInterface' } as const
  return client.readContract({ ...read, args: [asyncRedeemInterfaceId] }).catch(() => false)
}

/** What a vault has in other contracts at the end of a block. */
async function elsewhereAt(
  client: PublicClient,
  vault: Address,
  { asset, market, wrapped, metaMorpho }: Elsewhere,
  blockNumber: bigint,
): Promise<readonly string[]> {
  if (metaMorpho !== null) {
    const read = { address: metaMorpho.morpho, abi: morphoBlueAbi, functionName: 'position', blockNumber } as const
    const positions = metaMorpho.withdrawQueue.map((id) => client.readContract({ ...read, args: [id, vault] }))
    return (await Promise.all(positions)).map(([shares]) => String(shares))
  }
  if (market === null || wrapped !== null) return []
  const read = { address: asset, abi: aaveV3ScaledTokenAbi, functionName: 'scaledBalanceOf', blockNumber } as const
  return [String(await client.readContract({ ...read, args: [vault] }))]
}

type Elsewhere = Pick<ResolvedVault, 'asset' | 'market' | 'metaMorpho'> & { readonly wrapped: string | null }

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
