/** Asks every node of every chain, in the background, whether it has the blocks we have; an answer never waits for a node. */
import { setTimeout as delay } from 'node:timers/promises'
import PQueue from 'p-queue'
import { createPublicClient, http, type PublicClient } from 'viem'
import { askNodes } from './askNodes'
import type { TierBlock } from './cut'
import type { Witness } from './witness'
import type { WitnessStore } from './witnessStore'

export interface WitnessSource {
  /** Resolves once every chain has been looked at. */
  readonly asked: Promise<void>
  /** Stops asking and waits for calls in flight. */
  stop(): Promise<void>
}

export interface WitnessSourceOptions {
  readonly chains: Readonly<Record<string, { readonly chainId: number; readonly rpc: readonly string[] }>>
  readonly store: WitnessStore
  /** Told when what was said cannot be kept; the next time tries again. */
  readonly onError: (error: Error) => void
  readonly intervalMilliseconds?: number
  readonly timeoutMilliseconds?: number
}

/** An indexer needs a moment to follow its chain to another fork; until then it differs and nothing is wrong. */
const patienceMilliseconds = 700
const patientTimes = 2
/** A block that was confirmed may be replaced as long as it is the newest: it is asked for again, now and then. */
const againMilliseconds = 2_000

/** Starts asking: at most four chains at a time, and a chain never twice at once. */
export function startWitnessSource({
  chains,
  store,
  onError,
  intervalMilliseconds = 500,
  timeoutMilliseconds = 2_000,
}: WitnessSourceOptions): WitnessSource {
  const stopping = new AbortController()
  const queue = new PQueue({ concurrency: 4 })
  const pending = new Set<string>()
  const confirmed = new Map<string, TierBlock & { readonly at: number }>()
  const clients = new Map(
    Object.entries(chains).map(([chain, { rpc }]): [string, readonly PublicClient[]] => [
      chain,
      rpc.map((url) => createPublicClient({ transport: http(url, { timeout: timeoutMilliseconds, retryCount: 0 }) })),
    ]),
  )

  const ask = async (chain: string, patience: number): Promise<Witness | null> => {
    const { chainId } = chains[chain]!
    const indexed = await store.indexed(chain, chainId)
    if (indexed === null) return null
    const known = confirmed.get(chain)
    if (known?.blockHash === indexed.blockHash && Date.now() - known.at < againMilliseconds) return null
    const { schema, ...block } = indexed
    const hashAt = (blockNumber: string) => store.hashAt(schema, chainId, blockNumber)
    const { isConfirmed, fault } = await askNodes(clients.get(chain)!, { chainId, indexed: block, hashAt })
    if (fault !== null && patience > 0) {
      await delay(patienceMilliseconds, undefined, { signal: stopping.signal }).catch(() => undefined)
      return ask(chain, patience - 1)
    }
    if (isConfirmed) confirmed.set(chain, { ...block, at: Date.now() })
    else confirmed.delete(chain)
    return { confirmed: isConfirmed ? block : null, doubt: fault === null ? null : { ...fault, block } }
  }
  const observe = async (chain: string) => {
    try {
      const witness = await ask(chain, patientTimes)
      if (witness !== null) await store.save(chain, witness)
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
    asked,
    async stop() {
      clearInterval(timer)
      stopping.abort()
      queue.clear()
      await queue.onIdle()
    },
  }
}
