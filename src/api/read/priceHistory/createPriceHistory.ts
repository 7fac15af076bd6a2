import type { Snapshot } from '../database'
import type { FeedHistoryFact } from '../facts'
import { createAnswerCache } from './answerCache'
import { createCloseCache } from './closeCache'
import { daySeconds } from './loadMidnights'
import type { HistoryQuestion } from './types'

/** Reads what the feeds of a chain said before a cut; holds what stays true from one request to the next. */
export type PriceHistory = (snapshot: Snapshot, question: HistoryQuestion) => Promise<readonly FeedHistoryFact[]>

/**
 * The past of every feed of one chain: its daily closes, and every answer since the midnight at or before the span wanted began, so that the close of
 * that midnight is what stood before the first of them. The same cut gives the same rows, whatever was read before.
 */
export function createPriceHistory(): PriceHistory {
  const readCloses = createCloseCache()
  const readAnswers = createAnswerCache()
  return async (snapshot, question) => {
    const { feeds, span, time } = question
    if (feeds.length === 0) return []
    const answersAfter = readAnswers(snapshot, question)
    const closes = await readCloses(snapshot, question)
    const begins = Math.floor((time - span.answersSeconds) / daySeconds)
    const answers = await answersAfter(closes.midnightOf(begins)?.blockNumber ?? '-1')
    return feeds.map((feed) => ({ feed, closes: closes.byFeed.get(feed)!, answers: answers.get(feed)! }))
  }
}
