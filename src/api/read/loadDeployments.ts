import type { Snapshot } from './database'

/** The schema that serves each chain, by the chain's configured name. */
export async function loadSchemas(snapshot: Snapshot): Promise<ReadonlyMap<string, string>> {
  const rows = await snapshot.rows<{ chain: string; schema: string }>(
    `SELECT chain, schema FROM offchain.deployment WHERE state = 'live'`,
  )
  return new Map(rows.map(({ chain, schema }) => [chain, schema]))
}

export interface LiveDeployment {
  readonly schema: string
  /** Unix seconds. */
  readonly liveSince: number | null
}

/** The schema that serves each chain, and since when. */
export async function loadDeployments(snapshot: Snapshot): Promise<ReadonlyMap<string, LiveDeployment>> {
  const rows = await snapshot.rows<{ chain: string; schema: string; liveSince: string | null }>(
    `SELECT chain, schema, extract(epoch FROM live_since)::bigint AS live_since
     FROM offchain.deployment WHERE state = 'live'`,
  )
  return new Map(
    rows.map(({ chain, schema, liveSince }) => [
      chain,
      { schema, liveSince: liveSince === null ? null : Number(liveSince) },
    ]),
  )
}
