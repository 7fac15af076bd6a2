import type { IndexedBlock, TierBlocks } from './read/cut'
import type { Snapshot } from './read/database'
import { NothingIndexedError } from './read/errors'
import { loadDeployments } from './read/loadDeployments'
import type { ReadContext } from './read/loadEvidence'
import { type LoadedHead, loadBlockHash, loadHead } from './read/loadHeads'
import { loadQuarantines } from './read/loadQuarantines'
import { type KnownTier, loadTiers } from './read/loadTiers'
import type { RpcStatus } from './read/tierSource'
import { withoutDistrusted } from './read/withoutDistrusted'
import { loadWitnesses } from './read/witness'
import { isoTime } from './wire/format'

export interface StatusBlock {
  readonly blockNumber: string
  readonly blockHash: string
  readonly timestamp: string
}

/** A block of the chain's, as its RPC told, and when it first did. */
export interface StatusTier {
  readonly blockNumber: string
  readonly blockHash: string
  readonly observedAt: string
}

export interface ChainStatusBody {
  readonly chainId: number
  readonly required: boolean
  readonly maxLagSeconds: number
  readonly schema: string | null
  /** When answers began to be read from this schema. */
  readonly liveSince: string | null
  readonly inCut: boolean
  /** In the cut and, where the wall clock counts, within its limit of it. */
  readonly ready: boolean
  readonly reasonCode: string | null
  readonly detail: string | null
  /** Seconds by the wall clock since the newest indexed block; the only figure here that depends on it. */
  readonly lagSeconds: number | null
  readonly reachable: boolean
  readonly head: string | null
  /** How far the chain is final by its RPC's tags, kept across restarts. */
  readonly tiers: TierBlocks<StatusTier>
  readonly indexed: StatusBlock | null
  /** The newest indexed block that counts under the tier. */
  readonly safe: StatusBlock | null
  readonly finalized: StatusBlock | null
  readonly indexedSince: StatusBlock | null
  /** Whether the newest block that both sides know has one hash; `null` when they share none. */
  readonly hashAgrees: boolean | null
}

export interface StatusBody {
  readonly clock: string
  readonly cut: string | null
  readonly ready: boolean
  readonly chains: Readonly<Record<string, ChainStatusBody>>
}

/** Per chain: how far it is indexed, how far it is final, and whether it takes part in the cut. */
export async function statusBody(
  snapshot: Snapshot,
  context: ReadContext,
  rpc: { of(chain: string): RpcStatus },
  now: number,
): Promise<StatusBody> {
  const [deployments, tiers, quarantines, witnesses] = await Promise.all([
    loadDeployments(snapshot),
    loadTiers(snapshot),
    loadQuarantines(snapshot),
    loadWitnesses(snapshot),
  ])
  const heads: LoadedHead[] = []
  const chains: Record<string, ChainStatusBody> = {}
  const names = Object.keys(context.chains).sort()
  const load = (chain: string, tier: 'latest' | 'safe' | 'finalized') =>
    loadHead(
      snapshot,
      chain,
      context.chains[chain]!,
      deployments.get(chain)?.schema ?? null,
      tier,
      tiers.get(chain) ?? null,
      witnesses.get(chain) ?? null,
    )
  const newest = await Promise.all(names.map((chain) => load(chain, 'latest')))
  heads.push(...newest.map((head) => withoutDistrusted(head, quarantines.get(head.chain))))
  const choice = cutOrNull(heads, context)
  for (const head of heads) {
    const { chain } = head
    const { chainId, required, maxLagSeconds } = context.chains[chain]!
    const safe = await load(chain, 'safe')
    const finalized = await load(chain, 'finalized')
    const exclusion = choice?.excluded.find((candidate) => candidate.chain === chain) ?? null
    const inCut = choice?.included.includes(chain) ?? false
    const lagSeconds = head.newest === null ? null : Math.max(0, now - head.newest.timestamp)
    const { reachable, head: rpcHead } = rpc.of(chain)
    const known = tiers.get(chain) ?? { latest: null, safe: null, finalized: null }
    const liveSince = deployments.get(chain)?.liveSince ?? null
    chains[chain] = {
      chainId,
      required,
      maxLagSeconds,
      schema: head.schema,
      liveSince: liveSince === null ? null : isoTime(liveSince),
      inCut,
      ready: inCut && (context.now === null || (lagSeconds ?? Number.POSITIVE_INFINITY) <= maxLagSeconds),
      reasonCode: exclusion?.reasonCode ?? head.fault?.reasonCode ?? (choice === null ? 'NOT_HYDRATED' : null),
      detail: exclusion?.detail ?? head.fault?.detail ?? null,
      lagSeconds,
      reachable,
      head: rpcHead?.blockNumber ?? null,
      tiers: { latest: printTier(known.latest), safe: printTier(known.safe), finalized: printTier(known.finalized) },
      indexed: printBlock(head.newest),
      safe: safe.finality === 'safe' ? printBlock(safe.tip) : null,
      finalized: finalized.finality === 'finalized' ? printBlock(finalized.tip) : null,
      indexedSince: printBlock(head.oldest),
      hashAgrees: await hashAgrees(snapshot, head, chainId, { ...known, latest: rpcHead ?? known.latest }),
    }
  }
  return {
    clock: context.now === null ? 'chain' : 'system',
    cut: choice === null ? null : isoTime(choice.time),
    ready: choice !== null && Object.values(chains).every(({ required, ready }) => ready || !required),
    chains,
  }
}

function cutOrNull(heads: readonly LoadedHead[], { choose, now }: ReadContext) {
  try {
    return choose(heads, now, null)
  } catch (error) {
    if (error instanceof NothingIndexedError) return null
    throw error
  }
}

async function hashAgrees(
  snapshot: Snapshot,
  { schema }: LoadedHead,
  chainId: number,
  tiers: TierBlocks,
): Promise<boolean | null> {
  if (schema === null) return null
  for (const block of [tiers.latest, tiers.safe, tiers.finalized]) {
    if (block === null) continue
    const hash = await loadBlockHash(snapshot, schema, chainId, block.blockNumber)
    if (hash !== null) return hash === block.blockHash
  }
  return null
}

function printTier(tier: KnownTier | null): StatusTier | null {
  return tier === null ? null : { ...tier, observedAt: isoTime(tier.observedAt) }
}

function printBlock(block: IndexedBlock | null): StatusBlock | null {
  return block === null ? null : { ...block, timestamp: isoTime(block.timestamp) }
}
