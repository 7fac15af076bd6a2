import { and, eq, inArray, notInArray } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import { quarantine, reconciliation } from '../src/api/read/offchain/schema'
import type { Round } from './auditRound'
import type { Drift, ProtocolResult } from './types'

export interface Quarantine {
  readonly protocol: string
  readonly subjects: readonly string[]
}

const exampleCount = 5

/** Protocols of a chain that count nothing at present. */
export async function quarantinesOf(pool: pg.Pool, chain: string): Promise<readonly Quarantine[]> {
  const rows = await drizzle(pool)
    .select({ protocol: quarantine.protocol, subjects: quarantine.subjects })
    .from(quarantine)
    .where(eq(quarantine.chain, chain))
  return rows.map(({ protocol, subjects }) => ({ protocol, subjects: subjects as string[] }))
}

/**
 * Publishes a round, and with it, in one transaction, who counts nothing from now on and who counts again. A protocol that drifted is quarantined; one that was, and drifts no more, is
 * let go only if whatever had drifted was looked at again.
 */
export async function recordRound(
  pool: pg.Pool,
  chain: string,
  { block, results, next }: Round,
  before: readonly Quarantine[],
): Promise<{ readonly quarantined: readonly string[]; readonly cleared: readonly string[] }> {
  const drifting = [...results].filter(([, { drifts }]) => drifts.length > 0)
  const known = new Set(before.map(({ protocol }) => protocol))
  const cleared = before.filter(({ protocol }) => isSound(results.get(protocol))).map(({ protocol }) => protocol)
  await drizzle(pool).transaction(async (tx) => {
    for (const [protocol, { checked, unread, drifts }] of results) {
      const row = {
        ...{ checked, unread, drift: drifts.length, examples: drifts.slice(0, exampleCount) },
        ...{ blockNumber: block.number, blockHash: block.hash, ranAt: new Date() },
        ...(next === null && { rotatedAt: new Date() }),
      }
      await tx
        .insert(reconciliation)
        .values({ chain, protocol, ...row })
        .onConflictDoUpdate({ target: [reconciliation.chain, reconciliation.protocol], set: row })
    }
    for (const [protocol, { drifts }] of drifting) {
      const earlier = before.find((row) => row.protocol === protocol)?.subjects ?? []
      const subjects = [...new Set([...earlier, ...drifts.map(({ subject }) => subject)])]
      const row = { subjects, detail: describe(drifts) }
      await tx
        .insert(quarantine)
        .values({ chain, protocol, ...row })
        .onConflictDoUpdate({ target: [quarantine.chain, quarantine.protocol], set: row })
    }
    if (cleared.length > 0)
      await tx.delete(quarantine).where(and(eq(quarantine.chain, chain), inArray(quarantine.protocol, cleared)))
    const current = [...results.keys()]
    if (next === null && current.length > 0)
      await tx
        .delete(reconciliation)
        .where(and(eq(reconciliation.chain, chain), notInArray(reconciliation.protocol, current)))
  })
  return { quarantined: drifting.map(([protocol]) => protocol).filter((protocol) => !known.has(protocol)), cleared }
}

function isSound(result: ProtocolResult | undefined): boolean {
  return result !== undefined && result.checked > 0 && result.drifts.length === 0
}

function describe([first, ...others]: readonly Drift[]): string {
  const { subject, figure, indexed, onChain } = first!
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  return `${figure} of ${subject} is ${indexed} in the index and ${onChain} on the chain${more}`
}
