/** Vaults whose total grows no faster than a rate and which take fees by interest and by time, as they compute it. Unsigned operands only. */
import type { VaultRate } from './vaultRates'
import { virtualRate } from './vaultRates'
import { mulDivDown, mulWadDown } from './wad'

/** What such a vault keeps between two accruals. Rates and fees are wads, those by time per second. */
export type BoundedTerms = {
  readonly totalSupply: bigint
  readonly offset: number
  /** Total assets at the last accrual, and what has come in and gone out since. */
  readonly lastTotalAssets: bigint
  /** Seconds since the last accrual. */
  readonly elapsed: bigint
  readonly maxRate: bigint
  /** Of interest. */
  readonly fee: bigint
  /** Of everything, a second. */
  readonly managementFee: bigint
}

/** The most the vault can say it has: what it had, grown by its largest rate. */
export function mostTotalAssets({
  lastTotalAssets,
  elapsed,
  maxRate,
}: Pick<BoundedTerms, 'lastTotalAssets' | 'elapsed' | 'maxRate'>): bigint {
  return lastTotalAssets + mulWadDown(lastTotalAssets * elapsed, maxRate)
}

/** The vault's `totalAssets()`, given what it really has. A loss lowers it at once, a gain only as fast as allowed. */
export function boundedTotalAssets(
  realAssets: bigint,
  terms: Pick<BoundedTerms, 'lastTotalAssets' | 'elapsed' | 'maxRate'>,
): bigint {
  const most = mostTotalAssets(terms)
  return realAssets < most ? realAssets : most
}

/** The rate once both fees are minted, which the vault's own conversion counts already; null where they would exceed all it has, and it reverts. */
export function boundedRate(totalAssets: bigint, terms: BoundedTerms): VaultRate | null {
  const { totalSupply, offset, lastTotalAssets, elapsed, fee, managementFee } = terms
  const interest = totalAssets > lastTotalAssets ? totalAssets - lastTotalAssets : 0n
  const feeAssets = mulWadDown(interest, fee)
  const managementAssets = mulWadDown(totalAssets * elapsed, managementFee)
  const rest = totalAssets - feeAssets - managementAssets
  if (rest < 0n) return null
  const before = virtualRate({ totalAssets: rest, totalSupply }, offset)
  const feeShares =
    mulDivDown(feeAssets, before.shares, before.assets) + mulDivDown(managementAssets, before.shares, before.assets)
  return virtualRate({ totalAssets, totalSupply: totalSupply + feeShares }, offset)
}
