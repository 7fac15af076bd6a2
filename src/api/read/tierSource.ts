/** Asks each chain's RPC how far it is final, in the background, and keeps what it says; an answer never waits for an RPC. */
import PQueue from 'p-queue'
import { createPublicClient, http } from 'viem'
import type { TierBlock } from './cut'
import { readTiers } from './readTiers'
import type { TierStore } from './tierStore'

/** What this process knows of a chain's RPC. */
export interface RpcStatus {
  /** Newest block of the RPC; `null` while it does not answer. */
  readonly head: TierBlock | null
  readonly reachable: boolean
}

export interface TierSource {
  of(chain: string): RpcStatus
  /** Resolves once every chain has been asked, whether or not it answered. */
  readonly asked: Promise<void>
  /** Stops polling and waits for calls in flight. */
  stop(): Promise<void>
}

export interface TierSourceOptions {
  readonly chains: Readonly<Record<string, { readonly chainId: number; readonly rpc: readonly string[] }>>
  readonly store: TierStore
  /** Told when what was seen cannot be kept; the next poll tries again. */
  readonly onError: (error: Error) => void
  readonly intervalMilliseconds?: number
  readonly timeoutMilliseconds?: number
}

const unknown: RpcStatus = { head: null, reachable: false }

/** Starts polling: at most four chains at a time, and a chain never twice at once. */
export function startTierSource({
  chains,
  store,
  onError,
  intervalMilliseconds = 2_000,
  timeoutMilliseconds = 3_000,
}: TierSourceOptions): TierSource {
  const status = new Map<string, RpcStatus>()
  const pending = new Set<string>()
  const queue = new PQueue({ concurrency: 4 })
  const clients = new Map(
    Object.entries(chains).map(([chain, { rpc }]) => [
      chain,
      rpc.map((url) => createPublicClient({ transport: http(url, { timeout: timeoutMilliseconds, retryCount: 0 }) })),
    ]),
  )
  const observe = async (chain: string) => {
    try {
      const observation = await readTiers(clients.get(chain)!, chains[chain]!.chainId, await store.known(chain))
      status.set(chain, observation === null ? unknown : { head: observation.tiers.latest, reachable: true })
      if (observation !== null) await store.save(chain, observation)
    } catch (error) {
      onError(error as Error)
    } finally {
      pending.delete(chain)
    }
  }
  const poll = () => {
    for (const chain of clients.keys()) {
      if (pending.has(chain)) continue
      pending.add(chain)
      void queue.add(() => observe(chain))
    }
  }
  poll()
  const asked = queue.onIdle()
  const timer = setInterval(poll, intervalMilliseconds)
  timer.unref()
  return {
    of: (chain) => status.get(chain) ?? unknown,
    asked,
    async stop() {
      clearInterval(timer)
      queue.clear()
      await queue.onIdle()
    },
  }
}
