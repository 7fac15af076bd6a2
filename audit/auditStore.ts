/** The rows of `offchain.audit`, `offchain.reconciliation` and `offchain.quarantine`, which only the audit writes. */
import { and, eq, inArray, notInArray } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import { audit, deployment, quarantine, reconciliation } from '../src/api/read/offchain/schema'
import type { Round } from './auditRound'
import { beginning, type Rotation } from './rotation'
import type { Drift, ProtocolResult } from './types'

export interface Quarantine {
  readonly protocol: string
  readonly subjects: readonly string[]
}

/** Differences that are shown; more are no more telling. */
const exampleCount = 5
/** Subjects that must agree again; were there more, the rest is found again when its turn comes. */
const subjectCount = 100

/** Protocols of a chain that count nothing at present. */
export async function quarantinesOf(pool: pg.Pool, chain: string): Promise<readonly Quarantine[]> {
  const rows = await drizzle(pool)
    .select({ protocol: quarantine.protocol, subjects: quarantine.subjects })
    .from(quarantine)
    .where(eq(quarantine.chain, chain))
  return rows.map(({ protocol, subjects }) => ({ protocol, subjects: subjects as string[] }))
}

/** Whether answers are still read from what a round looked at: while it went on, another schema may have taken its place. */
export async function isServing(pool: pg.Pool, chain: string, { schema }: Round): Promise<boolean> {
  const rows = await drizzle(pool)
    .select({ schema: deployment.schema })
    .from(deployment)
    .where(and(eq(deployment.chain, chain), eq(deployment.schema, schema), eq(deployment.state, 'live')))
  return rows.length > 0
}

/** Where the audit of a chain goes on. */
export async function rotationOf(pool: pg.Pool, chain: string): Promise<Rotation> {
  const rows = await drizzle(pool).select({ rotation: audit.rotation }).from(audit).where(eq(audit.chain, chain))
  return (rows[0]?.rotation as Rotation | undefined) ?? beginning
}

/** Notes why a round came to nothing. */
export async function recordFailure(
  pool: pg.Pool,
  chain: string,
  failure: string,
  callsPerMinute: number,
): Promise<void> {
  const row = { failure, ranAt: new Date(), callsPerMinute: callsPerMinute.toFixed(1) }
  await drizzle(pool)
    .insert(audit)
    .values({ chain, rotation: beginning, ...row })
    .onConflictDoUpdate({ target: audit.chain, set: row })
}

/** Notes what is being done about what disagrees; `null` when nothing is. */
export async function recordRepair(pool: pg.Pool, chain: string, repair: string | null): Promise<void> {
  await drizzle(pool).update(audit).set({ repair }).where(eq(audit.chain, chain))
}

/**
 * Publishes a round, and with it, in one transaction, who counts nothing from now on and who counts again. A protocol that drifted is quarantined; one that was, and of which
 * whatever had drifted agrees now, is let go.
 */
export async function recordRound(
  pool: pg.Pool,
  chain: string,
  round: Round,
  before: readonly Quarantine[],
  callsPerMinute: number,
): Promise<{ readonly quarantined: readonly string[]; readonly cleared: readonly string[] }> {
  const { results } = round
  const drifting = [...results].filter(([, { drifts }]) => drifts.length > 0).map(([protocol]) => protocol)
  const known = before.map(({ protocol }) => protocol)
  const cleared = known.filter((protocol) => isSound(results.get(protocol)))
  const isAllSound = drifting.length === 0 && cleared.length === known.length
  await drizzle(pool).transaction(async (tx) => {
    await publish(tx, chain, round, callsPerMinute)
    if (isAllSound) await tx.update(audit).set({ repair: null }).where(eq(audit.chain, chain))
    for (const protocol of drifting) {
      const { drifts } = results.get(protocol)!
      const earlier = before.find((row) => row.protocol === protocol)?.subjects ?? []
      const subjects = [...new Set([...drifts.map(({ subject }) => subject), ...earlier])].slice(0, subjectCount)
      const row = { subjects, detail: describe(drifts) }
      await tx
        .insert(quarantine)
        .values({ chain, protocol, ...row })
        .onConflictDoUpdate({ target: [quarantine.chain, quarantine.protocol], set: row })
    }
    if (cleared.length > 0)
      await tx.delete(quarantine).where(and(eq(quarantine.chain, chain), inArray(quarantine.protocol, cleared)))
  })
  return { quarantined: drifting.filter((protocol) => !known.includes(protocol)), cleared }
}

type Transaction = Pick<NodePgDatabase, 'insert' | 'update' | 'delete'>

async function publish(
  tx: Transaction,
  chain: string,
  { block, results, next, isRotationComplete }: Round,
  callsPerMinute: number,
): Promise<void> {
  const ranAt = new Date()
  const state = {
    ...{ rotation: next, ranAt, callsPerMinute: callsPerMinute.toFixed(1), failure: null },
    ...(isRotationComplete && { rotatedAt: ranAt }),
  }
  await tx
    .insert(audit)
    .values({ chain, ...state })
    .onConflictDoUpdate({ target: audit.chain, set: state })
  for (const [protocol, { checked, unread, drifts }] of results) {
    const row = {
      ...{ checked, unread, drift: drifts.length, examples: drifts.slice(0, exampleCount) },
      ...{ blockNumber: block.number, blockHash: block.hash, ranAt },
    }
    await tx
      .insert(reconciliation)
      .values({ chain, protocol, ...row })
      .onConflictDoUpdate({ target: [reconciliation.chain, reconciliation.protocol], set: row })
  }
  // What is configured no longer is not audited any more.
  if (isRotationComplete)
    for (const table of [reconciliation, quarantine])
      await tx.delete(table).where(and(eq(table.chain, chain), notInArray(table.protocol, [...results.keys()])))
}

function isSound(result: ProtocolResult | undefined): boolean {
  return result !== undefined && result.checked > 0 && result.drifts.length === 0
}

function describe([first, ...others]: readonly Drift[]): string {
  const { subject, figure, indexed, onChain } = first!
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  return `${figure} of ${subject} is ${indexed} in the index and ${onChain} on the chain${more}`
}
