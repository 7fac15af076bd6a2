import type { Snapshot } from './database'
import type { PoolTickFact } from './facts'
import type { HistoryQuestion } from './history'
import { loadPools, type PoolFacts } from './loadPools'

/** Pools as they stood at a block of the cut. */
export interface PoolQuestion extends HistoryQuestion {
  readonly blockHash: string
}

/** Reads the exchange pools of a chain at a cut. */
export type PoolReader = (snapshot: Snapshot, question: PoolQuestion, windowStart: number) => Promise<PoolFacts>

interface Kept {
  readonly blockHash: string
  readonly windowStart: number
  readonly facts: PoolFacts
}

/** The latest and the finalized cut, and what came just before each. */
const most = 4

/**
 * Pools are the same for every account of a cut, and a block's hash commits to all they rest on: they are read once. Ticks in which nothing has
 * changed since the block before stay the same objects, so that what is made of them is known again.
 */
export function createPoolCache(): PoolReader {
  const keptBySchema = new Map<string, readonly Kept[]>()
  return async (snapshot, question, windowStart) => {
    const { schema, blockHash } = question
    const isAsked = (one: Kept) => one.blockHash === blockHash && one.windowStart === windowStart
    const known = keptBySchema.get(schema)?.find(isAsked)
    const facts = known?.facts ?? (await loadPools(snapshot, question, windowStart))
    // Others may have read meanwhile.
    const kept = keptBySchema.get(schema) ?? []
    const same = known ?? { blockHash, windowStart, facts: withKnownTicks(facts, kept[0]?.facts) }
    keptBySchema.set(schema, [same, ...kept.filter((one) => !isAsked(one))].slice(0, most))
    return same.facts
  }
}

function withKnownTicks(facts: PoolFacts, before: PoolFacts | undefined): PoolFacts {
  if (before === undefined) return facts
  const known = new Map(before.poolTicks.map((row) => [keyOf(row), row]))
  return { ...facts, poolTicks: facts.poolTicks.map((row) => known.get(keyOf(row)) ?? row) }
}

/** Everything a row says. */
function keyOf({ pool, tick, liquidityNet, liquidityGross, blockNumber }: PoolTickFact): string {
  return `${pool} ${tick} ${liquidityNet} ${liquidityGross} ${blockNumber}`
}
