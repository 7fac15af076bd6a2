import type { Snapshot } from './database'
import { hydrationStands } from './hydrationIsGood'
import { openingName } from './loadBaselines'
import { loadOpenings } from './loadOpenings'

/** How many accounts are noted, and how far they are hydrated. */
export interface HydrationProgress {
  /** Whether anything of the chain is older than its index; `null` while nothing of it is indexed. */
  readonly needed: boolean | null
  readonly accounts: number
  readonly hydrated: number
  readonly pending: number
  /** Tried, and not read in full; tried again. */
  readonly failed: number
  /** Why, of one of them. */
  readonly failure: string | null
}

/** @param accounts of these only; `null` for all that are noted. */
export async function loadHydration(
  snapshot: Snapshot,
  { schema, chainId }: { readonly schema: string | null; readonly chainId: number },
  accounts: readonly string[] | null,
): Promise<HydrationProgress> {
  const openings = schema === null ? null : await loadOpenings(snapshot, { schema, chainId })
  const contracts = openings?.filter(({ protocol }) => !protocol.includes(':')).map(openingName) ?? []
  const known =
    openings === null || schema === null
      ? 'false'
      : openings.length === 0
        ? 'true'
        : `contracts @> $2 AND ${hydrationStands(schema, openings)}`
  const [row] = await snapshot.rows<{ accounts: string; hydrated: string; failed: string; failure: string | null }>(
    `SELECT count(*) AS accounts, count(*) FILTER (WHERE known) AS hydrated,
       count(*) FILTER (WHERE NOT known AND failure IS NOT NULL) AS failed, max(failure) FILTER (WHERE NOT known) AS failure
     FROM (
       SELECT failure, ${known} AS known FROM offchain.hydration h
       WHERE chain_id = $1 ${accounts === null ? '' : 'AND account = ANY($3)'}
     ) noted`,
    [chainId, contracts, accounts ?? []],
  )
  const [noted, hydrated, failed] = [row!.accounts, row!.hydrated, row!.failed].map(Number) as [number, number, number]
  return {
    needed: openings === null ? null : contracts.length > 0,
    accounts: noted,
    hydrated,
    pending: noted - hydrated - failed,
    failed,
    failure: row!.failure,
  }
}
