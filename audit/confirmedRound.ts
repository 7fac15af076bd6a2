import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { PublicClient } from 'viem'
import type { Database } from '../src/api/read/database'
import type { ChainSettings } from '../src/api/read/loadHeads'
import { auditRound, type Round } from './auditRound'
import type { CallBudget } from './CallBudget'
import { confirmedResults, isDrifting } from './judge'
import type { Rotation } from './rotation'

export interface AuditedChain {
  readonly chain: string
  readonly settings: ChainSettings
  readonly accountsAtOnce: number
  readonly database: Database
  readonly pool: pg.Pool
  readonly client: PublicClient
  readonly budget: CallBudget
  readonly signal: AbortSignal
}

/** An indexer needs some seconds to follow its chain to another fork; until then blocks differ and nothing is wrong. */
const forkMilliseconds = 6_000

/**
 * A round that is believed: whatever differs is looked at a second time, because a node may be wrong for a moment and a chain may just be turning to another fork.
 * @param schema the schema to look at; `null` for the one that serves.
 * @throws as `auditRound`.
 */
export async function confirmedRound(
  { database, client, signal, ...chain }: AuditedChain,
  question: { readonly schema: string | null; readonly rotation: Rotation; readonly again: readonly string[] },
): Promise<Round | null> {
  const ask = () => auditRound(database, client, { ...chain, ...question })
  const first = await ask()
  if (first === null || !isDrifting(first.results)) return first
  if (first.mayBeTurning) await sleep(forkMilliseconds, undefined, { signal })
  const second = await ask()
  if (second === null) return null
  return {
    ...second,
    results: confirmedResults(first.results, second.results),
    calls: first.calls + second.calls,
  }
}
