import type { ChainFacts, Facts, FeedHistoryFact } from '../facts'
import { canonicalHash } from './canonical'

type Hash = `0x${string}`

/** What a figure at one cut, or at two, was computed from. */
export interface FigureState {
  readonly facts: Facts
  readonly finalized?: { readonly facts: Facts }
}

const daySeconds = 86_400

/**
 * The state hash of a figure: `canonicalHash` of everything it was computed from, in which what many figures have in common stands as a hash
 * of its own: the reference; the ticks of every chain's pools, as a list of pools with the hash of each; and of every feed its closes and its
 * answers, the latter as a list of days with the hash of each. A year of prices is then hashed where it changes and not for every account.
 * @param hashOf `rememberedHash` where the same objects come again and never change.
 */
export function stateHashOf(state: FigureState, hashOf: (value: object) => Hash = canonicalHash): Hash {
  const { finalized } = state
  return canonicalHash({
    ...state,
    facts: condensed(state.facts, hashOf),
    ...(finalized === undefined ? {} : { finalized: { ...finalized, facts: condensed(finalized.facts, hashOf) } }),
  })
}

function condensed({ reference, history, chains, ...facts }: Facts, hashOf: (value: object) => Hash) {
  return {
    ...facts,
    chains: Object.fromEntries(Object.entries(chains).map(([chain, own]) => [chain, condensedChain(own, hashOf)])),
    reference: hashOf(reference),
    ...(history === undefined
      ? {}
      : {
          history: Object.fromEntries(
            Object.entries(history).map(([chain, feeds]) => [chain, feeds.map((feed) => condensedFeed(feed, hashOf))]),
          ),
        }),
  }
}

function condensedChain({ poolTicks, ...facts }: ChainFacts, hashOf: (value: object) => Hash) {
  return { ...facts, poolTicks: hashOfGroups(poolTicks, ({ pool }) => pool, hashOf) }
}

function condensedFeed({ closes, answers, ...feed }: FeedHistoryFact, hashOf: (value: object) => Hash) {
  return {
    ...feed,
    closes: hashOf(closes),
    answers: hashOfGroups(answers, ([at]) => Math.floor(at / daySeconds), hashOf),
  }
}

/** The hash of a list of `[key, hash]`, one for each stretch of rows of one key, in their order. */
function hashOfGroups<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string | number,
  hashOf: (value: object) => Hash,
): Hash {
  const groups: { readonly key: string | number; readonly own: Row[] }[] = []
  for (const row of rows) {
    const key = keyOf(row)
    const last = groups.at(-1)
    if (last?.key === key) last.own.push(row)
    else groups.push({ key, own: [row] })
  }
  return canonicalHash(groups.map(({ key, own }) => [key, hashOf(own)]))
}
