/** What `Pool.getUserAccountData` returns, from balances, prices and ratios; integer for integer. */
import type { RawPrice } from './reading'

export interface AccountDataInput {
  readonly legs: readonly {
    readonly market: string
    readonly side: 'supply' | 'borrow'
    readonly isEnabled: boolean
    readonly amount: bigint
    readonly decimals: number
    readonly oraclePrice: RawPrice | null
    readonly liquidationThreshold: bigint
    /** Before any e-mode: older deployments skip collateral whose own threshold is zero. */
    readonly ownLiquidationThreshold: bigint
  }[]
  /** Newer deployments round debts up and weigh the health factor without rounding the average threshold. */
  readonly isDirected: boolean
}

export interface AccountData {
  readonly collateralBaseRaw: bigint | null
  readonly debtBaseRaw: bigint | null
  readonly healthFactorRaw: bigint | null
}

const wad = 10n ** 18n
const basisPoints = 10_000n

/** Sums in the base currency and the health factor with 18 decimals (`null` without debt). All are `null` when a price that counts is unknown. */
export function accountData({ legs, isDirected }: AccountDataInput): AccountData {
  let collateral = 0n
  let weighted = 0n
  let debt = 0n
  // A reserve's variable and stable debt are one amount before it is converted.
  const debts = new Map<string, { amount: bigint; price: RawPrice; decimals: number }>()
  for (const leg of legs) {
    const counts = leg.side === 'borrow' || (leg.isEnabled && (isDirected || leg.ownLiquidationThreshold !== 0n))
    if (!counts) continue
    if (leg.oraclePrice === null) return { collateralBaseRaw: null, debtBaseRaw: null, healthFactorRaw: null }
    if (leg.side === 'borrow') {
      const amount = (debts.get(leg.market)?.amount ?? 0n) + leg.amount
      debts.set(leg.market, { amount, price: leg.oraclePrice, decimals: leg.decimals })
      continue
    }
    const value = (leg.amount * leg.oraclePrice.answer) / 10n ** BigInt(leg.decimals)
    collateral += value
    weighted += value * leg.liquidationThreshold
  }
  for (const { amount, price, decimals } of debts.values()) {
    const unit = 10n ** BigInt(decimals)
    debt += isDirected ? (amount * price.answer + unit - 1n) / unit : (amount * price.answer) / unit
  }
  return {
    collateralBaseRaw: collateral,
    debtBaseRaw: debt,
    healthFactorRaw: healthFactor(collateral, weighted, debt, isDirected),
  }
}

function healthFactor(collateral: bigint, weighted: bigint, debt: bigint, isDirected: boolean): bigint | null {
  if (debt === 0n) return null
  if (isDirected) return divWadHalfUp(weighted, debt) / basisPoints
  const threshold = collateral === 0n ? 0n : weighted / collateral
  return divWadHalfUp((collateral * threshold + basisPoints / 2n) / basisPoints, debt)
}

function divWadHalfUp(a: bigint, b: bigint): bigint {
  return (a * wad + b / 2n) / b
}
