import { concat, type PublicClient, pad, toHex } from 'viem'
import { erc4626VaultAbi as abi } from '../../../abis/erc4626/vault'
import { assetsDown, plainRate, type VaultTotals, virtualRate } from '../../math/vaultRates'
import { sharesToAsk } from './transitions'
import type { ResolvedVault } from './types'

type Asked = Pick<ResolvedVault, 'vault' | 'asset' | 'decimals' | 'assetDecimals'>

/**
 * Tells a vault that keeps its assets without virtual shares from one with them, by its own conversion. While a share is worth one unit both convert
 * alike: then it is asked as if its asset had been given to it, in a call in which the asset's code is replaced. A vault that neither tells is taken
 * to have virtual shares, until it differs.
 */
export async function ownShape(
  client: PublicClient,
  { vault, asset, decimals, assetDecimals }: Asked,
): Promise<'standard' | 'solmate'> {
  const ask = (functionName: 'totalAssets' | 'totalSupply') =>
    client.readContract({ address: vault, abi, functionName })
  // A vault that does not answer stays what it was said to be, and is marked when it is first compared with its views.
  const [totalAssets, totalSupply] = await Promise.all([ask('totalAssets'), ask('totalSupply')]).catch(() => [0n, 0n])
  const shares = sharesToAsk(totalSupply, decimals)
  const convert = { address: vault, abi, functionName: 'convertToAssets', args: [shares] } as const
  const shapeBy = (value: bigint | null, totals: VaultTotals) => {
    const plain = assetsDown(shares, plainRate(totals))
    if (plain === assetsDown(shares, virtualRate(totals, decimals - assetDecimals))) return null
    return value === plain ? 'solmate' : 'standard'
  }
  const told = shapeBy(await client.readContract(convert).catch(() => null), { totalAssets, totalSupply })
  if (told !== null) return told
  const given = timesRicher * shares
  const stateOverride = [{ address: asset, code: codeAnswering(given) }]
  const supposed = await client.readContract({ ...convert, stateOverride }).catch(() => null)
  return shapeBy(supposed, { totalAssets: given, totalSupply }) ?? 'standard'
}

const timesRicher = 3n

/** Code of a contract that answers every call with one number: push it, store it, return the word. */
const codeAnswering = (value: bigint) => concat(['0x7f', pad(toHex(value), { size: 32 }), '0x60005260206000f3'])
