/** What shares of vaults are worth, as the kinds of vault compute it. Unsigned operands only. */
import { mulDivDown, mulWadDown } from './wad'

/** `shares` shares are worth `assets` of the vault's asset; any number of shares in proportion, rounded down. */
export type VaultRate = { readonly assets: bigint; readonly shares: bigint }

export type VaultTotals = { readonly totalAssets: bigint; readonly totalSupply: bigint }

/** What a number of shares is worth, rounded down. */
export function assetsDown(shares: bigint, rate: VaultRate): bigint {
  return mulDivDown(shares, rate.assets, rate.shares)
}

/**
 * With virtual shares, as OpenZeppelin's ERC-4626.
 * @param offset decimals of the shares beyond those of the asset; no vault has fewer than none.
 */
export function virtualRate({ totalAssets, totalSupply }: VaultTotals, offset: number): VaultRate {
  return { assets: totalAssets + 1n, shares: totalSupply + virtualShares(offset) }
}

/** Without virtual shares, as solmate's ERC-4626: the first share is worth one unit of the asset. */
export function plainRate({ totalAssets, totalSupply }: VaultTotals): VaultRate {
  return totalSupply === 0n ? { assets: 1n, shares: 1n } : { assets: totalAssets, shares: totalSupply }
}

/** What a MetaMorpho vault keeps between two interactions. */
export type MetaMorphoTerms = {
  readonly totalSupply: bigint
  readonly offset: number
  /** A wad. */
  readonly fee: bigint
  /** Total assets at the last interaction; what came since is interest, and pays the fee. */
  readonly lastTotalAssets: bigint
  /** What was lost and is still counted (version 1.1); null where a loss lowers the share price at once (1.0). */
  readonly lostAssets: bigint | null
}

/** The vault's `totalAssets()`, given what it really has in its markets. Version 1.1 goes on counting what was lost. */
export function metaMorphoTotalAssets(
  realAssets: bigint,
  { lastTotalAssets, lostAssets }: Pick<MetaMorphoTerms, 'lastTotalAssets' | 'lostAssets'>,
): bigint {
  if (lostAssets === null) return realAssets
  return realAssets + (realAssets < lastTotalAssets - lostAssets ? lastTotalAssets - realAssets : lostAssets)
}

/** The rate once the fee on interest since the last interaction is minted, which the vault's own conversion counts already. */
export function metaMorphoRate(totalAssets: bigint, terms: MetaMorphoTerms): VaultRate {
  const { totalSupply, offset, fee, lastTotalAssets } = terms
  const interest = totalAssets > lastTotalAssets ? totalAssets - lastTotalAssets : 0n
  const feeAssets = mulWadDown(interest, fee)
  const before = virtualRate({ totalAssets: totalAssets - feeAssets, totalSupply }, offset)
  const feeShares = mulDivDown(feeAssets, before.shares, before.assets)
  return virtualRate({ totalAssets, totalSupply: totalSupply + feeShares }, offset)
}

function virtualShares(offset: number): bigint {
  return 10n ** BigInt(Math.max(offset, 0))
}
