import { keptIn } from '../../../protocols/names'
import type { ChainFacts, Facts, VaultFact } from '../../facts'
import type { Claim, Missing, Reading } from '../../protocols/reading'
import { missingOfValue } from '../figure'
import type { PriceBook } from '../priceBook'
import { readAccounts } from '../readAccounts'
import { type ValuedClaim, valueClaims } from '../valueClaims'

/** What a risk team asks by. */
export const axes = ['asset', 'protocol', 'chain', 'issuer', 'oracle', 'curator', 'account'] as const
export type Axis = (typeof axes)[number]

/** One thing an account holds or owes, after look-through. */
export interface BookLine {
  /** Its key on every axis; `null` where it has none or none is known. */
  readonly keys: Readonly<Record<Axis, string | null>>
  readonly isDebt: boolean
  /** USD in units of 10^−8: assets rounded down, debts up; `null` when unknown. */
  readonly value: bigint | null
}

export interface BookLines {
  readonly lines: readonly BookLine[]
  readonly missing: readonly Missing[]
}

/**
 * Reads and values everything the accounts have on one chain, as their own figures do.
 * @param facts of that chain, with the positions of these accounts.
 */
export function bookLines(
  chain: string,
  facts: ChainFacts,
  reference: Facts['reference'],
  prices: PriceBook,
  time: number,
): BookLines {
  const readings = byAccount(facts).map(([account, own]): Reading => {
    const seen: Facts = { reference, chains: { [chain]: own } }
    return readAccounts(seen, [account], time)
  })
  const claims = readings.flatMap((reading) => reading.claims)
  const valued = valueClaims(claims, [], { reference, chains: { [chain]: facts } }, prices)
  const vaults = new Map(facts.vaults.map((vault) => [vault.vault, vault]))
  return {
    lines: valued.map((each) => toLine(each, vaults)),
    missing: [
      ...readings.flatMap(({ missing }) => missing),
      ...valued.flatMap(missingOfValue),
      ...claims.flatMap(unsound),
    ],
  }
}

/** The same facts for each account alone: reading one then takes no longer because there are others. */
function byAccount(facts: ChainFacts): readonly (readonly [string, ChainFacts])[] {
  const positions = groupByAccount(facts.positions)
  const lendingAccounts = groupByAccount(facts.lendingAccounts)
  return [...positions].map(([account, own]) => [
    account,
    { ...facts, positions: own, lendingAccounts: lendingAccounts.get(account) ?? [] },
  ])
}

function groupByAccount<T extends { readonly account: string }>(rows: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(row.account)
    if (group === undefined) groups.set(row.account, [row])
    else group.push(row)
  }
  return groups
}

function toLine({ claim, asset, reference, mark, marketValue }: ValuedClaim, vaults: Vaults): BookLine {
  return {
    keys: {
      asset,
      protocol: placeOf(claim, vaults),
      chain: claim.chain,
      issuer: reference?.issuer ?? null,
      oracle: mark?.source ?? null,
      curator: claim.curator,
      account: claim.account,
    },
    isDebt: claim.side === 'borrow',
    value: isSound(claim) ? marketValue : null,
  }
}

/** A balance below zero is no balance: the facts are wrong, and what it would be worth is not known. */
function isSound({ amount }: Claim): boolean {
  return amount >= 0n
}

function unsound(claim: Claim): readonly Missing[] {
  if (isSound(claim)) return []
  const { chain, market } = claim
  return [{ scope: 'market', chain, id: market, reasonCode: 'READ_FAILED', detail: 'an indexed balance is below zero' }]
}

type Vaults = ReadonlyMap<string, VaultFact>

/** Where the money is in the end: of a vault share, where the innermost vault has it. */
function placeOf({ protocol, market, unit }: Claim, vaults: Vaults): string {
  let innermost = unit === null ? vaults.get(market) : undefined
  // A claim through a loop of vaults has no value and never comes here; the count ends one all the same.
  for (let depth = 0; innermost !== undefined && depth < vaults.size; depth++) {
    const inner = vaults.get(innermost.asset)
    if (inner === undefined) break
    innermost = inner
  }
  if (innermost === undefined) return protocol
  return keptIn(innermost) ?? protocol
}
