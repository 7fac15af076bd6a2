import type { Address } from 'viem'

/** An answer as an aggregator gave it; integers as decimal text because the whole is JSON. */
export type Answer = {
  readonly round: string
  readonly answer: string
  readonly updatedAt: string
}

/** An aggregator behind the proxy, from the first block it answered in. */
export type Phase = {
  readonly aggregator: Address
  readonly fromBlock: number
  /** The answer the proxy gave at the end of `fromBlock`, with that block's time; null where the proxy only came into being. */
  readonly opening: (Answer & { readonly blockTimestamp: string }) | null
}

/** A price source as found when the chain was first indexed. Without phases its answers can only be polled. */
export type ResolvedFeed = {
  readonly feed: Address
  readonly base: string
  readonly quote: string
  readonly decimals: number
  readonly heartbeat: number
  readonly startBlock: number
  readonly phases: readonly Phase[]
}

export type ResolvedChainlink = {
  readonly feeds: readonly ResolvedFeed[]
  /** First block in which sources without events are read. */
  readonly pollFrom: number
}
