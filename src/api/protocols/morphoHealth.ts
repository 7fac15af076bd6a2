import { divWadDown, mulDivDown, mulWadDown } from '../../math/wad'

export const oraclePriceScale = 10n ** 36n

export interface MorphoHealth {
  /** Loan token units. */
  readonly collateralBaseRaw: bigint | null
  readonly debtBaseRaw: bigint | null
  /** 18 decimals; at least one exactly while Morpho calls the position healthy; `null` without debt. */
  readonly healthFactorRaw: bigint | null
}

export interface MorphoHealthInput {
  readonly collateral: bigint
  /** Rounded up. */
  readonly debt: bigint
  /** Loan token units per collateral unit, times 10^36; `null` while the oracle gives none. */
  readonly price: bigint | null
  /** Wad. */
  readonly lltv: bigint
}

/** A position in loan token units, with the roundings of `_isHealthy`. Without collateral the oracle is not needed. */
export function morphoHealth({ collateral, debt, price, lltv }: MorphoHealthInput): MorphoHealth {
  if (price === null && collateral > 0n) return { collateralBaseRaw: null, debtBaseRaw: null, healthFactorRaw: null }
  const collateralBaseRaw = mulDivDown(collateral, price ?? 0n, oraclePriceScale)
  const healthFactorRaw = debt === 0n ? null : divWadDown(mulWadDown(collateralBaseRaw, lltv), debt)
  return { collateralBaseRaw, debtBaseRaw: debt, healthFactorRaw }
}
