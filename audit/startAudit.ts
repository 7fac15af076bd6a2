import { setTimeout as sleep } from 'node:timers/promises'
import PQueue from 'p-queue'
import type pg from 'pg'
import type { Address, PublicClient } from 'viem'
import type { Config } from '../config/schema'
import type { Database } from '../src/api/read/database'
import { auditRound, type Round } from './auditRound'
import { quarantinesOf, recordRound } from './auditStore'

export interface AuditOptions {
  readonly config: Config
  readonly chains: readonly string[]
  readonly database: Database
  readonly pool: pg.Pool
  readonly clientOf: (chain: string) => PublicClient
  readonly log: { info(fields: object, message: string): void; error(fields: object, message: string): void }
}

export interface Audit {
  stop(): Promise<void>
}

/** One chain after another, so that an audit takes one connection and one request at a time, however many chains there are. */
const chainsAtOnce = 1

/**
 * Audits every chain in turn for as long as it is not stopped: each round looks at the next accounts, at whoever drifted before, and at every market. What drifts is looked at once more
 * before it is believed, because a node may be behind or wrong for a moment.
 */
export function startAudit(options: AuditOptions): Audit {
  const { config, chains } = options
  const { secondsBetween } = config.audit
  const stopping = new AbortController()
  const queue = new PQueue({ concurrency: chainsAtOnce })
  const follow = async (chain: string) => {
    let after: Address | null = null
    const { multicall3 } = config.chains[chain]!
    // Without it every view would be a request of its own.
    if (multicall3 === undefined) return
    while (!stopping.signal.aborted) {
      const from: Address | null = after
      const round: Round | null = await queue.add(() => auditChain(options, chain, multicall3, from)).catch(() => null)
      if (round !== null) after = round.next
      await sleep(secondsBetween * 1000, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const followed = Promise.all(chains.map(follow))
  return {
    async stop() {
      stopping.abort()
      queue.clear()
      await followed
    },
  }
}

async function auditChain(
  { config, database, pool, clientOf, log }: AuditOptions,
  chain: string,
  multicall3: Address,
  after: Address | null,
): Promise<Round | null> {
  const before = await quarantinesOf(pool, chain)
  const settings = config.chains[chain]!
  const { accountsAtOnce } = config.audit
  const drifted = before.flatMap(({ subjects }) => subjects)
  const again = drifted.flatMap((subject) => (subject.match(/0x[0-9a-f]{40}/g) ?? []) as Address[])
  const blocksAgain = drifted.filter((subject) => /^\d+$/.test(subject))
  const client = clientOf(chain)
  const ask = () =>
    auditRound(database, client, { chain, settings, multicall3, after, accountsAtOnce, again, blocksAgain })
  const first = await ask()
  const isDrifting = first !== null && [...first.results.values()].some(({ drifts }) => drifts.length > 0)
  const round = isDrifting ? await ask() : first
  if (round === null) return null
  const { quarantined, cleared } = await recordRound(pool, chain, round, before)
  for (const protocol of quarantined) {
    const [drift] = round.results.get(protocol)!.drifts
    log.error(
      { chain, protocol, ...drift },
      'the index disagrees with the chain; it counts nothing until it agrees again',
    )
  }
  for (const protocol of cleared) log.info({ chain, protocol }, 'the index agrees with the chain again')
  return round
}
