/** The rows of `offchain.deployment` and `offchain.chain_start` that the supervisor writes. */
import { and, desc, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import { chainStart, deployment } from '../../src/api/read/offchain/schema'

export type Deployment = { readonly chain: string; readonly schema: string; readonly resolved: unknown }

/**
 * The deployment made with this code and configuration that serves, else the newest: its schema is continued, and its resolved chain needs no RPC. One that was being
 * built beside a serving one was to replace it, and is begun anew when need be.
 */
export async function findDeployment(pool: pg.Pool, chain: string, source: string): Promise<Deployment | undefined> {
  const rows = await drizzle(pool)
    .select({ chain: deployment.chain, schema: deployment.schema, resolved: deployment.resolved })
    .from(deployment)
    .where(
      and(eq(deployment.chain, chain), eq(deployment.source, source), inArray(deployment.state, ['building', 'live'])),
    )
    .orderBy(desc(sql`${deployment.state} = 'live'`), desc(deployment.createdAt))
    .limit(1)
  return rows[0]
}

/** A deployment as it was recorded. */
export async function loadDeployment(pool: pg.Pool, chain: string, schema: string): Promise<Deployment | undefined> {
  const rows = await drizzle(pool)
    .select({ chain: deployment.chain, schema: deployment.schema, resolved: deployment.resolved })
    .from(deployment)
    .where(and(eq(deployment.chain, chain), eq(deployment.schema, schema)))
  return rows[0]
}

/** The schema that answers are read from. */
export async function liveSchema(pool: pg.Pool, chain: string): Promise<string | undefined> {
  const rows = await drizzle(pool)
    .select({ schema: deployment.schema })
    .from(deployment)
    .where(and(eq(deployment.chain, chain), eq(deployment.state, 'live')))
  return rows[0]?.schema
}

/** Records a schema about to be built; one that was retired before is built on. */
export async function saveDeployment(
  pool: pg.Pool,
  row: Deployment & { source: string; identity: string },
): Promise<void> {
  await drizzle(pool)
    .insert(deployment)
    .values({ ...row, state: 'building' })
    .onConflictDoUpdate({
      target: [deployment.chain, deployment.schema],
      set: { state: 'building', resolved: row.resolved, source: row.source, identity: row.identity, liveSince: null },
      setWhere: eq(deployment.state, 'retired'),
    })
}

/** Makes this schema the one that answers are read from, in one step. Returns whether that changed anything. */
export async function makeLive(pool: pg.Pool, chain: string, schema: string): Promise<boolean> {
  return drizzle(pool).transaction(async (tx) => {
    await tx
      .update(deployment)
      .set({ state: 'retired' })
      .where(and(eq(deployment.chain, chain), ne(deployment.schema, schema), eq(deployment.state, 'live')))
    const changed = await tx
      .update(deployment)
      .set({ state: 'live', liveSince: new Date() })
      .where(and(eq(deployment.chain, chain), eq(deployment.schema, schema), ne(deployment.state, 'live')))
      .returning({ schema: deployment.schema })
    return changed.length > 0
  })
}

export type ChainStart = { readonly chainId: number; readonly genesisHash: string }

/** The chain this database was built from; the first caller's word stands. */
export async function keepChainStart(pool: pg.Pool, chain: string, start: ChainStart): Promise<ChainStart> {
  const db = drizzle(pool)
  await db
    .insert(chainStart)
    .values({ chain, ...start })
    .onConflictDoNothing()
  const rows = await db
    .select({ chainId: chainStart.chainId, genesisHash: chainStart.genesisHash })
    .from(chainStart)
    .where(eq(chainStart.chain, chain))
  return rows[0] ?? start
}

/** The block at which the chain's index begins, if that was ever resolved. */
export async function knownStartBlock(pool: pg.Pool, chain: string): Promise<number | null> {
  const rows = await drizzle(pool)
    .select({ startBlock: chainStart.startBlock })
    .from(chainStart)
    .where(eq(chainStart.chain, chain))
  const startBlock = rows[0]?.startBlock ?? null
  return startBlock === null ? null : Number(startBlock)
}

/** Keeps the block at which the chain's index begins; the first caller's word stands. */
export async function keepStartBlock(pool: pg.Pool, chain: string, startBlock: number): Promise<number> {
  await drizzle(pool)
    .update(chainStart)
    .set({ startBlock: String(startBlock) })
    .where(and(eq(chainStart.chain, chain), isNull(chainStart.startBlock)))
  return (await knownStartBlock(pool, chain)) ?? startBlock
}
