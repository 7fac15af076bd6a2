import type { FeedFact, FeedReference } from '../facts'
import { compare, type Decimal, parseDecimal } from './decimal'

/** A price older than its heartbeat times this is stale: answers arrive a little after their heartbeat. */
export const heartbeatTolerance = 1.5

/** Heartbeat assumed for a source that publishes none: the longest in common use. */
export const defaultHeartbeatSeconds = 86_400

/** No unit of anything costs more USD than this; the engine takes no larger price either. */
const largestPrice = 10n ** 15n

/** What the configuration expects of a source: 0 seconds leave the heartbeat to the source itself. */
export type AnswerLimits = Pick<FeedReference, 'heartbeatSeconds' | 'band'>

export interface Verdict {
  /** `null` when it cannot be believed. */
  readonly price: Decimal | null
  /** Why it may not be used; a stale answer still has a price. */
  readonly reasonCode: 'PRICE_STALE' | 'PRICE_ABSURD' | null
}

/** Whether an answer of a price source can be relied on at an instant: positive, of a believable size, inside its band, and fresh. */
export function judgeAnswer(
  { answer, updatedAt }: { readonly answer: string; readonly updatedAt: number },
  { decimals, heartbeat }: Pick<FeedFact, 'decimals' | 'heartbeat'>,
  { heartbeatSeconds, band }: AnswerLimits,
  time: number,
): Verdict {
  const price = { value: BigInt(answer), decimals }
  if (price.value <= 0n || price.value > largestPrice * 10n ** BigInt(decimals))
    return { price: null, reasonCode: 'PRICE_ABSURD' }
  if (band !== null && isOutside(price, band)) return { price: null, reasonCode: 'PRICE_ABSURD' }
  const longest = (heartbeatSeconds || Number(heartbeat) || defaultHeartbeatSeconds) * heartbeatTolerance
  return { price, reasonCode: time - updatedAt > longest ? 'PRICE_STALE' : null }
}

function isOutside(price: Decimal, [low, high]: readonly [string, string]): boolean {
  return compare(price, parseDecimal(low)) < 0 || compare(price, parseDecimal(high)) > 0
}
