import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../config/schema'
import { isServing, quarantinesOf, recordFailure, recordRound, rotationOf } from './auditStore'
import { CallBudget } from './CallBudget'
import { type AuditedChain, confirmedRound } from './confirmedRound'

export interface AuditOptions extends Pick<AuditedChain, 'database' | 'pool'> {
  readonly config: Config
  readonly chains: readonly string[]
  readonly clientOf: (chain: string) => AuditedChain['client']
  readonly log: { info(fields: object, message: string): void; error(fields: object, message: string): void }
  /** Called after each round that leaves something quarantined. */
  readonly onQuarantined?: (chain: AuditedChain) => void
}

export interface Audit {
  stop(): Promise<void>
}

const turnedOff = 'the audit is turned off: audit.callsPerMinute is 0'
const leastPauseMilliseconds = 500
const failurePauseMilliseconds = 5_000

/** Audits every chain, each for itself, for as long as it is not stopped, unless it may make no calls: each round looks at the next accounts and blocks, at whatever drifted before, and at every market. */
export function startAudit(options: AuditOptions): Audit {
  const { config, chains, database, pool, clientOf } = options
  const stopping = new AbortController()
  const { signal } = stopping
  const stopped = new Promise<number>((resolve) => signal.addEventListener('abort', () => resolve(0)))
  const follow = async (chain: string) => {
    const { accountsAtOnce, callsPerMinute } = config.audit
    const audited: AuditedChain = {
      ...{ chain, accountsAtOnce, database, pool, signal },
      settings: config.chains[chain]!,
      client: clientOf(chain),
      budget: new CallBudget(callsPerMinute),
    }
    const complain = complainOnce(options, chain)
    if (callsPerMinute === 0) return recordFailure(pool, chain, turnedOff, 0).catch(({ message }) => complain(message))
    while (!signal.aborted) {
      const round = auditOnce(options, audited).catch(async (error: Error) => {
        if (signal.aborted) return 0
        const message = (error as { shortMessage?: string }).shortMessage ?? error.message
        complain(message)
        audited.budget.spend(1)
        await recordFailure(pool, chain, message, audited.budget.measured()).catch(() => undefined)
        return failurePauseMilliseconds
      })
      // A node that does not answer must not hold up a stop.
      const pause = await Promise.race([round, stopped])
      await sleep(Math.max(pause, leastPauseMilliseconds), undefined, { signal }).catch(() => undefined)
    }
  }
  const followed = Promise.all(chains.map(follow))
  return {
    async stop() {
      stopping.abort()
      await followed
    },
  }
}

/** @returns milliseconds until the next round may begin. */
async function auditOnce({ pool, log, onQuarantined }: AuditOptions, audited: AuditedChain): Promise<number> {
  const { chain, signal, budget } = audited
  if (signal.aborted) return 0
  const before = await quarantinesOf(pool, chain)
  const round = await confirmedRound(audited, {
    schema: null,
    rotation: await rotationOf(pool, chain),
    again: before.flatMap(({ subjects }) => subjects),
  })
  if (round === null) return 0
  const pause = budget.spend(round.calls)
  if (!(await isServing(pool, chain, round))) return pause
  const { quarantined, cleared } = await recordRound(pool, chain, round, before, budget.measured())
  for (const protocol of quarantined) {
    const [drift] = round.results.get(protocol)!.drifts
    log.error({ chain, ...drift }, 'the index disagrees with the chain; it counts nothing until it agrees again')
  }
  for (const protocol of cleared) log.info({ chain, protocol }, 'the index agrees with the chain again')
  if (quarantined.length + before.length > cleared.length) onQuarantined?.(audited)
  return pause
}

/** A node that is away is asked again for ever, but the same complaint is made once, not every time. */
function complainOnce({ log }: AuditOptions, chain: string): (message: string) => void {
  let last = ''
  return (message) => {
    if (message !== last) log.error({ chain }, `cannot be audited now: ${message}`)
    last = message
  }
}
