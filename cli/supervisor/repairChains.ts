import { setTimeout as sleep } from 'node:timers/promises'
import { auditSchema } from '../../audit/auditSchema'
import { type Quarantine, quarantinesOf, recordRepair } from '../../audit/auditStore'
import { BLOCKS } from '../../audit/checkBlocks'
import type { AuditedChain } from '../../audit/confirmedRound'
import { log } from '../log'
import { findFork } from './findFork'
import type { ReindexOptions } from './reindexChain'
import type { SupervisedChain } from './superviseChain'

/** Pauses after attempts that failed: each twice the last. */
const firstPauseMilliseconds = 30_000
const longestPauseMilliseconds = 6 * 3_600_000
/** An indexer that is late in following its chain to another fork gets there by itself in this time. */
const patienceMilliseconds = 20_000

interface Attempts {
  readonly failures: number
  /** Before this no other attempt is made. */
  readonly nextAt: number
}

/**
 * Mends what the audit found to disagree: indexes the chain again beside the schema that serves, and lets the new one serve if it disagrees in less. One attempt per chain at a
 * time, later each time one has failed; meanwhile what is quarantined stays so.
 * @returns what to call when something is quarantined on a chain.
 */
export function repairChains(chains: readonly SupervisedChain[]): (audited: AuditedChain) => void {
  const attempts = new Map<string, Attempts>()
  return (audited) => {
    const { chain, pool, signal } = audited
    const supervised = chains.find((one) => one.chain === chain)
    const { failures, nextAt } = attempts.get(chain) ?? { failures: 0, nextAt: 0 }
    if (supervised === undefined || Date.now() < nextAt) return
    attempts.set(chain, { failures, nextAt: Number.POSITIVE_INFINITY })
    const say = (repair: string | null) => recordRepair(pool, chain, repair)
    void repair(audited, supervised, failures, say)
      .catch((error: Error) => error.message)
      .then(async (failure) => {
        if (failure === null) {
          attempts.set(chain, { failures: 0, nextAt: 0 })
          return say(null)
        }
        const pause = Math.min(firstPauseMilliseconds * 2 ** failures, longestPauseMilliseconds)
        attempts.set(chain, { failures: failures + 1, nextAt: Date.now() + pause })
        if (signal.aborted) return
        const next = new Date(Date.now() + pause).toISOString()
        log.error({ chain }, `indexing it again did not mend what disagrees: ${failure}; next attempt after ${next}`)
        return say(`indexing it again failed: ${failure}; next attempt after ${next}`)
      })
      .catch((error) => log.warn({ chain, err: error }, 'the state of a repair could not be noted'))
  }
}

/** @returns why it failed, or `null`. */
async function repair(
  audited: AuditedChain,
  supervised: SupervisedChain,
  failures: number,
  say: (repair: string) => Promise<void>,
): Promise<string | null> {
  const { chain, pool, signal } = audited
  let quarantines = await quarantinesOf(pool, chain)
  const fromBlock = areBlocksIn(quarantines) ? await findFork(audited) : null
  if (areBlocksIn(quarantines) && fromBlock === null) {
    await sleep(patienceMilliseconds, undefined, { signal })
    quarantines = await quarantinesOf(pool, chain)
  }
  if (quarantines.length === 0) return null
  const protocols = quarantines.map(({ protocol }) => protocol)
  const subjects = quarantines.flatMap((row) => row.subjects)
  const distrust = distrustAfter(failures, fromBlock)
  log.warn({ chain, protocols, distrust: distrust.kind }, 'indexing the chain again, beside what serves')
  await say(`being indexed again since ${new Date().toISOString()}`)
  const outcome = await supervised.reindex({
    distrust,
    accept: async (schema, ending) => {
      const drifting = await auditSchema(audited, schema, subjects, ending)
      return drifting.length < protocols.length && drifting.every((protocol) => protocols.includes(protocol))
    },
  })
  if (outcome.kind === 'failed') return outcome.reason
  log.info({ chain, schema: outcome.schema }, 'indexed again; what had disagreed is mended')
  return null
}

function areBlocksIn(quarantines: readonly Quarantine[]): boolean {
  return quarantines.some(({ protocol }) => protocol === BLOCKS)
}

/**
 * After rows were made anew from the same memory and disagreed again, the memory itself is doubted, once: asking nodes for a chain's whole past again is dear, and what disagrees even
 * then is no matter of memory.
 */
function distrustAfter(failures: number, fromBlock: bigint | null): ReindexOptions['distrust'] {
  if (fromBlock !== null) return { kind: 'fork', fromBlock }
  return { kind: failures === 1 ? 'everything' : 'nothing' }
}
