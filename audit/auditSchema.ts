import { setTimeout as sleep } from 'node:timers/promises'
import type { AuditedChain } from './confirmedRound'
import { confirmedRound } from './confirmedRound'
import { beginning } from './rotation'

/** A schema of millions of accounts is not looked at whole before it serves; the rest is looked at in turn afterwards. */
const mostRounds = 10
const retryMilliseconds = 2_000

/**
 * Which protocols of a schema that does not serve yet disagree with the chain: what drifted in the serving one is looked at first, then everything in turn, up to ten rounds.
 * Waits for nodes that do not answer.
 */
export async function auditSchema(
  audited: AuditedChain,
  schema: string,
  subjects: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const drifting = new Set<string>()
  let rotation = beginning
  for (let rounds = 0; rounds < mostRounds && !signal.aborted; ) {
    const round = await confirmedRound(audited, { schema, rotation, again: subjects }).catch(() => null)
    if (round === null) {
      await sleep(retryMilliseconds, undefined, { signal }).catch(() => undefined)
      continue
    }
    rounds += 1
    for (const [protocol, { drifts }] of round.results) if (drifts.length > 0) drifting.add(protocol)
    if (round.isRotationComplete) break
    rotation = round.next
    await sleep(audited.budget.spend(round.calls), undefined, { signal }).catch(() => undefined)
  }
  return [...drifting]
}
