import { asOf } from '../answer'
import type { Book, Holding, LargeAccount } from '../computeBook'
import type { Axis } from '../valuation/book/bookLines'
import { type ConcentrationRow, concentrationOf } from '../valuation/book/concentrationOf'
import type { Reconciliation } from '../valuation/book/reconcile'
import type { SideSums, Sums } from '../valuation/book/tally'
import type { TreasuryClaim } from '../valuation/book/treasuryClaims'
import { formatDecimal } from '../valuation/decimal'
import { usd } from './format'

/** Prints a book by one axis: `rows` and `others` sum to `total` exactly, and their shares to one. */
export function concentrationBody(book: Book, by: Axis, limit: number) {
  const figures = concentrationOf(book.axes[by].entries(), limit)
  const { held, owed } = figures.total
  return {
    by,
    quoteCurrency: 'USD',
    total: { ...printSums(figures.total), accounts: book.axes.account.size },
    keys: figures.keys,
    herfindahl: ratio(figures.herfindahl),
    effectiveNumber: ratio(figures.effectiveNumber),
    rows: figures.rows.map((row) => ({
      key: row.key,
      keyReason: row.key === null ? withoutKey[by] : null,
      ...printRow(row),
    })),
    others: figures.others === null ? null : { keys: figures.others.keys, ...printRow(figures.others) },
    topAccounts: book.largest.map((account) => printAccount(account, held.value)),
    custody: { accounts: book.custody.accounts, ...printSums(book.custody.sums) },
    treasuries: book.treasuries.map(printTreasury),
    reconciles: {
      equal: book.reconciliations.every(({ equal }) => equal !== false),
      markets: book.reconciliations.map(printReconciliation),
    },
    complete: book.missing.length === 0 && held.unvalued + owed.unvalued === 0,
    missing: book.missing.map(({ scope, chain, id, reasonCode, detail }) => ({ scope, chain, id, reasonCode, detail })),
    asOf: asOf(book.cut),
  }
}

/** What it means to have no key on an axis. */
const withoutKey: Readonly<Record<Axis, string>> = {
  asset: 'no configured asset has the token',
  protocol: 'the protocol is not known',
  chain: 'the chain is not known',
  issuer: 'the asset has no configured issuer',
  oracle: 'there is no price source',
  curator: 'not in a vault with a configured curator',
  account: 'the account is not known',
}

/** What is held and what is owed. A sum of nothing but unknown values is unknown. */
export function printSums({ held, owed }: Sums) {
  return {
    value: printSide(held),
    debt: printSide(owed),
    positions: held.positions + owed.positions,
    unvalued: held.unvalued + owed.unvalued,
  }
}

function printSide({ value, positions, unvalued }: SideSums): string | null {
  return positions > 0 && positions === unvalued ? null : usd(value)
}

function printRow({ share, ...sums }: Omit<ConcentrationRow, 'key'>) {
  const printed = printSums(sums)
  return { ...printed, share: printed.value === null ? null : ratio(share) }
}

function printAccount({ account, sums, behind }: LargeAccount, total: bigint) {
  const share = total === 0n ? null : (sums.held.value * 10n ** 18n) / total
  return { account, ...printRow({ ...sums, share }), behind: behind.map(printHolding) }
}

function printHolding({ chain, protocol, asset, sums }: Holding) {
  return { chain, protocol, asset, ...printSums(sums) }
}

function printTreasury({ chain, protocol, market, asset, shares, decimals, amount, value }: TreasuryClaim) {
  return {
    chain,
    protocol,
    market,
    asset,
    shares: shares?.toString() ?? null,
    decimals,
    amount: amount?.toString() ?? null,
    value: value === null ? null : usd(value),
  }
}

function printReconciliation({ sumShares, totalShares, ...market }: Reconciliation) {
  return { ...market, sumShares: sumShares.toString(), totalShares: totalShares?.toString() ?? null }
}

function ratio(units: bigint | null): string | null {
  return units === null ? null : formatDecimal({ value: units, decimals: 18 })
}
