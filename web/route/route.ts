/** What the page shows, as carried by the URL: `#0x…`, with `?model=`, `?finality=` and `?venue=` after it when not the default. */
export const models = ['portfolio', 'cross', 'isolated'] as const
export const finalities = ['conservative', 'latest', 'safe', 'finalized'] as const

export type Model = (typeof models)[number]
export type Finality = (typeof finalities)[number]

export interface Route {
  /** What stands in the URL, which may not be an address. Empty when nothing was asked for yet. */
  readonly account: string
  readonly model: Model
  readonly finality: Finality
  /** Who asks; empty for nobody in particular. */
  readonly venue: string
}

export const defaultRoute: Route = { account: '', model: 'portfolio', finality: 'conservative', venue: '' }

export function parseRoute(hash: string): Route {
  const [account = '', query = ''] = safelyDecode(hash.replace(/^#/, '')).split('?')
  const parameters = new URLSearchParams(query)
  return {
    account,
    model: oneOf(models, parameters.get('model')) ?? defaultRoute.model,
    finality: oneOf(finalities, parameters.get('finality')) ?? defaultRoute.finality,
    venue: parameters.get('venue') ?? defaultRoute.venue,
  }
}

export function formatRoute({ account, model, finality, venue }: Route): string {
  if (account === '') return '#'
  const parameters = new URLSearchParams()
  if (model !== defaultRoute.model) parameters.set('model', model)
  if (finality !== defaultRoute.finality) parameters.set('finality', finality)
  if (venue !== defaultRoute.venue) parameters.set('venue', venue)
  const query = parameters.toString()
  return `#${encodeURIComponent(account)}${query === '' ? '' : `?${query}`}`
}

function oneOf<T extends string>(known: readonly T[], text: string | null): T | undefined {
  return known.find((item) => item === text)
}

function safelyDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
