import type { ChainHead, Exclusion } from './cut'
import { AtNotIndexedError, NothingIndexedError } from './errors'

export interface CutChoice {
  readonly time: number
  readonly included: readonly string[]
  readonly excluded: readonly Exclusion[]
}

export type ChooseCut = typeof chooseCut

type UsableHead = ChainHead & {
  readonly newest: object
  readonly tip: object
  readonly oldest: object
  readonly reached: number
}

/**
 * Chooses the instant at which all chains are read, and the chains that take part.
 *
 * Without `at` it is the newest time that every chain in the cut has reached. A chain is late when the clock says that its newest
 * block is older than its limit *and* another chain that is on time has moved on without it; when no chain is on time (every RPC
 * is cut, or the chains do not follow the wall clock) age alone excludes nobody and the answer stands at the last indexed cut.
 * @param now unix seconds by the wall clock, or `null` to compare the chains with each other only.
 * @param at unix seconds; must not be later than the newest cut …
 * @param reachedBy … unless this chain has reached it: the chains that have not are then named as stale.
 * @throws NothingIndexedError when no chain can take part; AtNotIndexedError when `at` is outside what is indexed.
 */
export function chooseCut(
  heads: readonly ChainHead[],
  now: number | null,
  at: number | null,
  reachedBy: string | null = null,
): CutChoice {
  const excluded: Exclusion[] = []
  const usable: UsableHead[] = []
  for (const head of heads) {
    if (head.fault !== null) excluded.push({ chain: head.chain, required: head.required, ...head.fault })
    else if (!isIndexed(head))
      excluded.push({
        chain: head.chain,
        required: head.required,
        reasonCode: 'NOT_HYDRATED',
        detail: 'nothing of this chain is indexed yet',
      })
    else usable.push(head)
  }
  const late = usable.filter((head) => isLate(head, usable, now))
  const onTime = usable.filter((head) => !late.includes(head))
  if (onTime.length === 0) throw new NothingIndexedError(describeNothing(excluded))
  const newest = Math.min(...onTime.map(({ reached }) => reached))
  if (at === null) {
    return {
      time: newest,
      included: onTime.map(({ chain }) => chain),
      excluded: sorted([...excluded, ...late.map(staleExclusion)]),
    }
  }
  const isReached = usable.some(({ chain, reached }) => chain === reachedBy && reached >= at)
  if (at > newest && !isReached)
    throw new AtNotIndexedError(`the newest instant that can be answered is ${iso(newest)}`)
  return chooseAt(at, usable, excluded)
}

/** A past instant: every chain that had reached it takes part, however late the chain is now. */
function chooseAt(at: number, usable: readonly UsableHead[], faults: readonly Exclusion[]): CutChoice {
  const excluded = [...faults]
  const included: string[] = []
  for (const head of usable) {
    if (head.oldest!.timestamp > at)
      excluded.push({
        chain: head.chain,
        required: head.required,
        reasonCode: 'NOT_HYDRATED',
        detail: `indexed since ${iso(head.oldest!.timestamp)} only`,
      })
    else if (head.reached < at) excluded.push(staleExclusion(head))
    else included.push(head.chain)
  }
  if (included.length === 0) throw new AtNotIndexedError(`no chain is indexed at ${iso(at)}`)
  return { time: at, included, excluded: sorted(excluded) }
}

function describeNothing(excluded: readonly Exclusion[]): string {
  const reasons = excluded.filter(({ reasonCode }) => reasonCode !== 'NOT_HYDRATED')
  if (reasons.length === 0) return 'no chain is indexed yet; watch /v1/status'
  const described = reasons.map(({ chain, reasonCode, detail }) => `${chain} is ${reasonCode} (${detail})`)
  return `no chain can be answered from: ${described.join('; ')}; watch /v1/status`
}

function isIndexed(head: ChainHead): head is UsableHead {
  return head.newest !== null && head.tip !== null && head.oldest !== null && head.reached !== null
}

/**
 * The clock is the wall clock as long as some chain keeps to it, else the newest indexed head. A late chain also needs a witness: a
 * chain on time that is ahead by more than half the limit. Two chains whose RPCs are cut together therefore never push each other out.
 */
function isLate(head: ChainHead, heads: readonly ChainHead[], now: number | null): boolean {
  const time = head.newest!.timestamp
  const wallClock = now === null ? [] : heads.filter((other) => now - other.newest!.timestamp <= other.maxLagSeconds)
  if (wallClock.length > 0) {
    const newest = Math.max(...wallClock.map((other) => other.newest!.timestamp))
    return now! - time > head.maxLagSeconds && newest - time > head.maxLagSeconds / 2
  }
  return Math.max(...heads.map((other) => other.newest!.timestamp)) - time > head.maxLagSeconds
}

function staleExclusion(head: ChainHead): Exclusion {
  return {
    chain: head.chain,
    required: head.required,
    reasonCode: 'CHAIN_STALE',
    detail: `last indexed block ${head.newest!.blockNumber} at ${iso(head.newest!.timestamp)}; limit ${head.maxLagSeconds} s`,
  }
}

function sorted(excluded: readonly Exclusion[]): readonly Exclusion[] {
  return [...excluded].sort((a, b) => (a.chain < b.chain ? -1 : 1))
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}
