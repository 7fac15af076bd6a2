/** How far each chain is final, by its RPC's own tags. Polled in the background; an answer never waits for an RPC. */
import PQueue from 'p-queue'
import { createPublicClient, http, type PublicClient } from 'viem'
import type { TierBlock } from './cut'
import type { TierBlocks } from './loadHeads'

export interface TierStatus {
  readonly tiers: TierBlocks | null
  /** Newest block of the RPC; `null` while it does not answer. */
  readonly head: TierBlock | null
  readonly reachable: boolean
}

export interface TierSource {
  of(chain: string): TierStatus
  /** Resolves once every chain has been asked, whether or not it answered. */
  readonly asked: Promise<void>
  /** Stops polling and waits for calls in flight. */
  stop(): Promise<void>
}

export interface TierSettings {
  readonly rpc: readonly string[]
}

const unknown: TierStatus = { tiers: null, head: null, reachable: false }

/** Starts polling. What was known stays known while an RPC is away; a tier never goes back to a lower block. */
export function startTierSource(
  chains: Readonly<Record<string, TierSettings>>,
  { intervalMilliseconds = 2_000, timeoutMilliseconds = 3_000 } = {},
): TierSource {
  const known = new Map<string, TierStatus>()
  const pending = new Set<string>()
  const queue = new PQueue({ concurrency: 4 })
  const clients = new Map(
    Object.entries(chains).map(([chain, { rpc }]) => [
      chain,
      rpc.map((url) => createPublicClient({ transport: http(url, { timeout: timeoutMilliseconds, retryCount: 0 }) })),
    ]),
  )
  const poll = () => {
    for (const [chain, urls] of clients) {
      if (pending.has(chain)) continue
      pending.add(chain)
      void queue.add(async () => {
        const before = known.get(chain) ?? unknown
        known.set(chain, merge(before, await readTiers(urls)))
        pending.delete(chain)
      })
    }
  }
  poll()
  const asked = queue.onIdle()
  const timer = setInterval(poll, intervalMilliseconds)
  timer.unref()
  return {
    of: (chain) => known.get(chain) ?? unknown,
    asked,
    async stop() {
      clearInterval(timer)
      queue.clear()
      await queue.onIdle()
    },
  }
}

interface Observation {
  readonly head: TierBlock
  readonly safe: TierBlock | null
  readonly finalized: TierBlock | null
}

/** The first URL that answers decides. */
async function readTiers(clients: readonly PublicClient[]): Promise<Observation | null> {
  for (const client of clients) {
    try {
      const head = await readTag(client, 'latest')
      const [safe, finalized] = await Promise.all([readTagOrNull(client, 'safe'), readTagOrNull(client, 'finalized')])
      return { head, safe, finalized }
    } catch {
      // Another URL may answer; when none does the chain is reported as unreachable.
    }
  }
  return null
}

async function readTag(client: PublicClient, blockTag: 'latest' | 'safe' | 'finalized'): Promise<TierBlock> {
  const { number, hash } = await client.getBlock({ blockTag })
  return { blockNumber: number.toString(), blockHash: hash }
}

/** Not every chain has every tag. */
async function readTagOrNull(client: PublicClient, blockTag: 'safe' | 'finalized'): Promise<TierBlock | null> {
  try {
    return await readTag(client, blockTag)
  } catch {
    return null
  }
}

function merge(before: TierStatus, seen: Observation | null): TierStatus {
  if (seen === null) return { ...before, head: null, reachable: false }
  const { head } = seen
  return {
    head,
    reachable: true,
    tiers: {
      latest: head,
      safe: higher(before.tiers?.safe ?? null, seen.safe),
      finalized: higher(before.tiers?.finalized ?? null, seen.finalized),
    },
  }
}

function higher(a: TierBlock | null, b: TierBlock | null): TierBlock | null {
  if (a === null || b === null) return a ?? b
  return BigInt(b.blockNumber) >= BigInt(a.blockNumber) ? b : a
}
