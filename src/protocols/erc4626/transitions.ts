/** What a vault's own views must say, given the facts. Pure. */
import { type BoundedTerms, boundedRate, mostTotalAssets } from '../../math/boundedVault'
import {
  assetsDown,
  type MetaMorphoTerms,
  metaMorphoRate,
  plainRate,
  type VaultRate,
  type VaultTotals,
  virtualRate,
} from '../../math/vaultRates'
import type { VaultShape } from './types'

/** What is known of a vault by its events. */
export type VaultKnowledge = VaultTotals & {
  readonly shape: VaultShape
  /** Decimals of the shares beyond those of the asset. */
  readonly offset: number
  /** Its asset is lent on by whoever holds it, so that what the vault has of it grows without a transfer. */
  readonly growsAlone: boolean
  readonly metaMorpho: Pick<MetaMorphoTerms, 'fee' | 'lastTotalAssets' | 'lostAssets'> | null
  readonly vaultV2: Omit<BoundedTerms, 'totalSupply' | 'offset'> | null
}

/** What the vault says itself; null where it does not answer. */
export type VaultViews = {
  readonly totalAssets: bigint | null
  /** The shares it was asked about, and their `convertToAssets`. */
  readonly shares: bigint
  readonly value: bigint | null
}

/**
 * How many shares to ask a vault about: all of them, and at least so many that rounding to the asset's last digit does not show.
 * @param decimals of the shares, which anybody may have chosen.
 */
export function sharesToAsk(totalSupply: bigint, decimals: number): bigint {
  const many = 10n ** BigInt(Math.min(decimals, 36) + 9)
  return totalSupply > many ? totalSupply : many
}

/**
 * `ok`: what shares are worth follows from the facts at any instant. `interval`: it does not, and what the vault says stands until it is asked
 * again. Anything else is the reason why the vault cannot be valued.
 */
export function vaultStatus(known: VaultKnowledge, views: VaultViews): string {
  if (known.shape === 'stata') return 'ok'
  if (views.totalAssets === null || views.value === null) return 'totalAssets() or convertToAssets() reverts'
  const rate = expectedRate(known, views.totalAssets)
  if (rate === null || assetsDown(views.shares, rate) !== views.value) return 'interval'
  return 'ok'
}

/** Shapes that convert alike while a share is worth one unit. */
const alike: Partial<Record<VaultShape, VaultShape>> = { standard: 'solmate', solmate: 'standard' }

/** The shape a vault turns out to have, and its status: two shapes convert alike before the first interest or donation. */
export function recognise(known: VaultKnowledge, views: VaultViews): readonly [VaultShape, string] {
  const status = vaultStatus(known, views)
  const other = alike[known.shape]
  const isOther =
    status === 'interval' && other !== undefined && vaultStatus({ ...known, shape: other }, views) === 'ok'
  return isOther ? [other, 'ok'] : [known.shape, status]
}

/** What shares must be worth given the total the vault states; null where that total contradicts the facts or nothing is expected. */
function expectedRate(known: VaultKnowledge, totalAssets: bigint): VaultRate | null {
  const { shape, offset, totalSupply, metaMorpho, vaultV2, growsAlone } = known
  switch (shape) {
    case 'standard':
    case 'solmate': {
      if (!growsAlone && totalAssets !== known.totalAssets) return null
      const totals = { totalAssets, totalSupply }
      return shape === 'standard' ? virtualRate(totals, offset) : plainRate(totals)
    }
    case 'metaMorpho':
      return metaMorpho === null ? null : metaMorphoRate(totalAssets, { ...metaMorpho, totalSupply, offset })
    case 'vaultV2':
      if (vaultV2 === null || totalAssets > mostTotalAssets(vaultV2)) return null
      return boundedRate(totalAssets, { ...vaultV2, totalSupply, offset })
    case 'stata':
    case 'other':
      return null
  }
}
