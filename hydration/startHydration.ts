import { setTimeout as sleep } from 'node:timers/promises'
import PQueue from 'p-queue'
import type pg from 'pg'
import type { PublicClient } from 'viem'
import type { Database } from '../src/api/read/database'
import { hydrateChain } from './hydrateChain'
import { isTooEarly } from './isTooEarly'
import { readSetting } from './readSetting'
import { ifAlone } from './whileAlone'

export interface HydrationOptions {
  readonly chains: readonly { readonly chain: string; readonly chainId: number; readonly client: PublicClient }[]
  readonly database: Database
  readonly pool: pg.Pool
  readonly log: { info(fields: object, message: string): void; warn(fields: object, message: string): void }
}

const pollMilliseconds = 1_000
/** Where nothing is older than the index there is nothing to do, unless another configuration begins later. */
const idleMilliseconds = 30_000
/** Each takes one connection for its lock and others for its rows. */
const chainsAtOnce = 2

/** Hydrates, for as long as it is not stopped, whatever accounts are noted for it: by a list, or because the index of their chain begins anew with more. */
export function startHydration({ chains, database, pool, log }: HydrationOptions): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const { signal } = stopping
  const queue = new PQueue({ concurrency: chainsAtOnce })
  const follow = async ({ chain, chainId, client }: HydrationOptions['chains'][number]) => {
    while (!signal.aborted) {
      let isIdle = false
      try {
        isIdle = (await readSetting(database, { chain, chainId })) === null
        const work = () => hydrateChain({ database, pool, client, chain, chainId, signal })
        const outcome = isIdle ? null : await queue.add(() => ifAlone(pool, chainId, work))
        if (outcome !== null && outcome.hydrated + outcome.failed > 0)
          log.info({ chain, ...outcome }, 'hydrated accounts')
      } catch (error) {
        if (!isTooEarly(error) && !signal.aborted)
          log.warn({ chain, err: error }, 'accounts cannot be hydrated at present')
      }
      await sleep(isIdle ? idleMilliseconds : pollMilliseconds, undefined, { signal }).catch(() => undefined)
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
