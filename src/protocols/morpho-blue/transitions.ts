/** What Morpho's events do to balances and totals. Pure. */
import { divWadDown, mulWadDown, WAD } from '../../math/wad'

export type Side = 'supply' | 'collateral' | 'borrow'

/** An account's balance on one side of a market grows by `change`: shares, or assets for collateral. */
export type BalanceChange<account> = { readonly account: account; readonly side: Side; readonly change: bigint }

/** Total assets and shares of a market's two sides. */
export type Totals = {
  readonly supplyAssets: bigint
  readonly supplyShares: bigint
  readonly borrowAssets: bigint
  readonly borrowShares: bigint
}

export type Amounts = { readonly assets: bigint; readonly shares: bigint }

export function supplied(totals: Totals, { assets, shares }: Amounts): Totals {
  return { ...totals, supplyAssets: totals.supplyAssets + assets, supplyShares: totals.supplyShares + shares }
}

export function withdrawn(totals: Totals, { assets, shares }: Amounts): Totals {
  return { ...totals, supplyAssets: totals.supplyAssets - assets, supplyShares: totals.supplyShares - shares }
}

export function borrowed(totals: Totals, { assets, shares }: Amounts): Totals {
  return { ...totals, borrowAssets: totals.borrowAssets + assets, borrowShares: totals.borrowShares + shares }
}

/** Rounded up, a last repayment can be one unit more than is owed in total. */
export function repaid(totals: Totals, { assets, shares }: Amounts): Totals {
  const rest = totals.borrowAssets - assets
  return { ...totals, borrowAssets: rest > 0n ? rest : 0n, borrowShares: totals.borrowShares - shares }
}

export type Liquidation = {
  readonly repaidAssets: bigint
  readonly repaidShares: bigint
  readonly seizedAssets: bigint
  readonly badDebtAssets: bigint
  readonly badDebtShares: bigint
}

/** What is left owing when the collateral is gone is taken from the lenders. */
export function liquidated(totals: Totals, event: Liquidation): Totals {
  const rest = repaid(totals, { assets: event.repaidAssets, shares: event.repaidShares })
  return {
    ...rest,
    borrowAssets: rest.borrowAssets - event.badDebtAssets,
    borrowShares: rest.borrowShares - event.badDebtShares,
    supplyAssets: rest.supplyAssets - event.badDebtAssets,
  }
}

/** The borrower's balances after a liquidation. */
export function liquidatedBalances<account>(
  account: account,
  { repaidShares, seizedAssets, badDebtShares }: Liquidation,
): readonly BalanceChange<account>[] {
  return [
    { account, side: 'borrow', change: -repaidShares - badDebtShares },
    { account, side: 'collateral', change: -seizedAssets },
  ]
}

/** Interest is owed and earned in full; the protocol's share of it is new supply shares. */
export function accrued(
  totals: Totals,
  { interest, feeShares }: { readonly interest: bigint; readonly feeShares: bigint },
): Totals {
  return {
    supplyAssets: totals.supplyAssets + interest,
    supplyShares: totals.supplyShares + feeShares,
    borrowAssets: totals.borrowAssets + interest,
    borrowShares: totals.borrowShares,
  }
}

const MAX_INCENTIVE = 1_150_000_000_000_000_000n
const LIQUIDATION_CURSOR = 300_000_000_000_000_000n

/** What a liquidator receives for each wad repaid, a wad: min(1.15, 1 ÷ (1 − 0.3·(1 − LLTV))), rounded down as the contract does. */
export function liquidationIncentive(lltv: bigint): bigint {
  const incentive = divWadDown(WAD, WAD - mulWadDown(LIQUIDATION_CURSOR, WAD - lltv))
  return incentive < MAX_INCENTIVE ? incentive : MAX_INCENTIVE
}
