import type { FeedReference, Reference } from '../facts'

/** The feeds that say what something trades at. Those that say what a wrapper can be exchanged for say nothing of that. */
export function marketFeeds({ assets, feeds }: Pick<Reference, 'assets' | 'feeds'>): readonly FeedReference[] {
  const rates = new Set(
    Object.values(assets).flatMap(({ redeemsTo }) => (typeof redeemsTo?.via === 'object' ? [redeemsTo.via.proxy] : [])),
  )
  return feeds.filter(({ feed }) => !rates.has(feed))
}
