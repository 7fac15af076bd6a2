import type { AnswerFact, Facts, FeedHistoryFact } from '../facts'
import { canonicalHash } from './canonical'

type Hash = `0x${string}`

/** What a figure at one cut, or at two, was computed from. */
export interface FigureState {
  readonly facts: Facts
  readonly finalized?: { readonly facts: Facts }
}

const daySeconds = 86_400

/**
 * The state hash of a figure: `canonicalHash` of everything it was computed from, in which what many figures have in common stands as the hash
 * of its own: the reference, and of every feed its closes and its answers, the latter as a list of days with the hash of each. A year of
 * prices is then hashed where it changes and not for every account.
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

function condensed({ reference, history, ...facts }: Facts, hashOf: (value: object) => Hash) {
  return {
    ...facts,
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

function condensedFeed({ closes, answers, ...feed }: FeedHistoryFact, hashOf: (value: object) => Hash) {
  return {
    ...feed,
    closes: hashOf(closes),
    answers: canonicalHash(daysOf(answers).map(([day, rows]) => [day, hashOf(rows)])),
  }
}

/** Answers by the UTC day of their block, in their order. */
function daysOf(answers: readonly AnswerFact[]): readonly (readonly [number, readonly AnswerFact[]])[] {
  const days: [number, AnswerFact[]][] = []
  for (const answer of answers) {
    const day = Math.floor(answer[0] / daySeconds)
    const last = days.at(-1)
    if (last?.[0] === day) last[1].push(answer)
    else days.push([day, [answer]])
  }
  return days
}
