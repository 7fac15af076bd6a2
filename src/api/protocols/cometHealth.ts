import { divWadDown, mulDivDown, mulWadDown } from '../../math/wad'

export interface CometPledge {
  readonly amount: bigint
  readonly decimals: number
  /** As its feed answers; `null` while that is not positive. */
  readonly price: bigint | null
  /** Wad. */
  readonly liquidateCollateralFactor: bigint
}

export interface CometHealthInput {
  readonly pledges: readonly CometPledge[]
  /** Base units, accrued. */
  readonly debt: bigint
  readonly baseDecimals: number
  readonly basePrice: bigint | null
}

export interface CometHealth {
  /** Base units. */
  readonly collateralBaseRaw: bigint | null
  readonly debtBaseRaw: bigint | null
  /** 18 decimals; below one exactly while `absorb` would take the account; `null` without debt. */
  readonly healthFactorRaw: bigint | null
}

const unknown: CometHealth = { collateralBaseRaw: null, debtBaseRaw: null, healthFactorRaw: null }

/**
 * An account by the contract's own integers: every pledge is brought to the feeds' currency and weighed, each product rounded down, and so is the
 * debt. All is unknown while a price that counts is.
 */
export function cometHealth({ pledges, debt, baseDecimals, basePrice }: CometHealthInput): CometHealth {
  let worth = 0n
  let weighed = 0n
  for (const { amount, decimals, price, liquidateCollateralFactor } of pledges) {
    if (price === null) return unknown
    const value = mulDivDown(amount, price, 10n ** BigInt(decimals))
    worth += value
    weighed += mulWadDown(value, liquidateCollateralFactor)
  }
  if (basePrice === null) return pledges.length === 0 && debt === 0n ? { ...unknown, ...nothing } : unknown
  const baseScale = 10n ** BigInt(baseDecimals)
  const owed = mulDivDown(debt, basePrice, baseScale)
  return {
    collateralBaseRaw: mulDivDown(worth, baseScale, basePrice),
    debtBaseRaw: debt,
    healthFactorRaw: owed === 0n ? null : divWadDown(weighed, owed),
  }
}

const nothing = { collateralBaseRaw: 0n, debtBaseRaw: 0n }
