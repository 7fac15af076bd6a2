import { chooseCut } from './read/chooseCut'
import type { IndexedBlock } from './read/cut'
import type { Snapshot } from './read/database'
import { NothingIndexedError } from './read/errors'
import type { ReadContext } from './read/loadEvidence'
import { type LoadedHead, loadBlockHash, loadHead, loadSchemas } from './read/loadHeads'
import type { TierSource } from './read/tierSource'
import { isoTime } from './wire/format'

export interface StatusBlock {
  readonly blockNumber: string
  readonly blockHash: string
  readonly timestamp: string
}

export interface ChainStatusBody {
  readonly chainId: number
  readonly required: boolean
  readonly maxLagSeconds: number
  readonly schema: string | null
  readonly inCut: boolean
  readonly reasonCode: string | null
  readonly detail: string | null
  /** Seconds by the wall clock since the newest indexed block; the only figure here that depends on it. */
  readonly lagSeconds: number | null
  readonly reachable: boolean
  readonly head: string | null
  readonly indexed: StatusBlock | null
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
  tiers: TierSource,
  now: number,
): Promise<StatusBody> {
  const schemas = await loadSchemas(snapshot)
  const heads: LoadedHead[] = []
  const chains: Record<string, ChainStatusBody> = {}
  const names = Object.keys(context.chains).sort()
  const load = (chain: string, tier: 'latest' | 'safe' | 'finalized') =>
    loadHead(snapshot, chain, context.chains[chain]!, schemas.get(chain) ?? null, tier, context.tiersOf(chain))
  heads.push(...(await Promise.all(names.map((chain) => load(chain, 'latest')))))
  const choice = cutOrNull(heads, context.now)
  for (const head of heads) {
    const { chain } = head
    const { chainId, required, maxLagSeconds } = context.chains[chain]!
    const safe = await load(chain, 'safe')
    const finalized = await load(chain, 'finalized')
    const exclusion = choice?.excluded.find((candidate) => candidate.chain === chain) ?? null
    const rpc = tiers.of(chain)
    chains[chain] = {
      chainId,
      required,
      maxLagSeconds,
      schema: head.schema,
      inCut: choice?.included.includes(chain) ?? false,
      reasonCode: exclusion?.reasonCode ?? (choice === null ? 'NOT_HYDRATED' : null),
      detail: exclusion?.detail ?? null,
      lagSeconds: head.newest === null ? null : Math.max(0, now - head.newest.timestamp),
      reachable: rpc.reachable,
      head: rpc.head?.blockNumber ?? null,
      indexed: printBlock(head.newest),
      safe: safe.finality === 'safe' ? printBlock(safe.tip) : null,
      finalized: finalized.finality === 'finalized' ? printBlock(finalized.tip) : null,
      indexedSince: printBlock(head.oldest),
      hashAgrees: await hashAgrees(snapshot, head, chainId, rpc.tiers),
    }
  }
  return {
    clock: context.now === null ? 'chain' : 'system',
    cut: choice === null ? null : isoTime(choice.time),
    ready: choice !== null && names.every((chain) => isReady(chains[chain]!, context.now !== null)),
    chains,
  }
}

/** A required chain must be in the cut and, where the wall clock counts, within its limit of it. */
function isReady({ required, inCut, lagSeconds, maxLagSeconds }: ChainStatusBody, isWallClock: boolean): boolean {
  if (!required) return true
  return inCut && (!isWallClock || (lagSeconds ?? Number.POSITIVE_INFINITY) <= maxLagSeconds)
}

function cutOrNull(heads: readonly LoadedHead[], now: number | null) {
  try {
    return chooseCut(heads, now, null)
  } catch (error) {
    if (error instanceof NothingIndexedError) return null
    throw error
  }
}

async function hashAgrees(
  snapshot: Snapshot,
  { schema }: LoadedHead,
  chainId: number,
  tiers: ReturnType<ReadContext['tiersOf']>,
): Promise<boolean | null> {
  if (schema === null || tiers === null) return null
  for (const block of [tiers.latest, tiers.safe, tiers.finalized]) {
    if (block === null) continue
    const hash = await loadBlockHash(snapshot, schema, chainId, block.blockNumber)
    if (hash !== null) return hash === block.blockHash
  }
  return null
}

function printBlock(block: IndexedBlock | null): StatusBlock | null {
  return block === null ? null : { ...block, timestamp: isoTime(block.timestamp) }
}
