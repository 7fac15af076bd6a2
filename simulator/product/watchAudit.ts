import { setTimeout as delay } from 'node:timers/promises'
import type { Failure } from './failureOf'

interface ReconciliationBody {
  readonly chains: readonly {
    readonly chain: string
    readonly rotatedAt: string | null
    readonly failure: string | null
  }[]
  readonly protocols: readonly { readonly chain: string; readonly protocol: string; readonly detail: string | null }[]
}

export interface WatchedAudit {
  /** Looks one last time. What was quarantined first, or on which chain not everything was looked at once; `null` as it should be. */
  end(): Promise<Failure | null>
}

const pauseMilliseconds = 1_000

/** Asks the product again and again what its audit has quarantined. */
export function watchAudit(url: string): WatchedAudit {
  const stopping = new AbortController()
  let found: Failure | null = null
  let missed: Failure | null = { chain: 'every chain', message: 'its audit has not begun' }
  const look = async () => {
    // A product that does not answer is found by who asks it for figures.
    const body = await fetch(`${url}/v1/reconciliation`)
      .then((response) => response.json() as Promise<Partial<ReconciliationBody>>)
      .catch((): Partial<ReconciliationBody> => ({}))
    const { chains = [] } = body
    const idle = chains.find(({ rotatedAt }) => rotatedAt === null)
    if (idle !== undefined)
      missed = { chain: idle.chain, message: `its audit has not been round once: ${idle.failure}` }
    else if (chains.length > 0) missed = null
    const row = body.protocols?.find(({ detail }) => detail !== null)
    if (row !== undefined)
      found ??= { chain: row.chain, message: `its audit quarantined ${row.protocol}: ${row.detail}` }
  }
  const watch = async () => {
    while (!stopping.signal.aborted) {
      await look()
      await delay(pauseMilliseconds, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const watched = watch()
  return {
    async end() {
      stopping.abort()
      await watched
      await look()
      return found ?? missed
    },
  }
}
