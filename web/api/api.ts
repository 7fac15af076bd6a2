import type { Route } from '../route/route'
import type { MarginAnswer, SeededAccount, StatusAnswer } from './answer'
import type { ConcentrationAnswer, CoverageAnswer } from './bookAnswer'
import { getJson, type Reply } from './getJson'

export function fetchMargin(
  address: string,
  { model, finality, venue }: Route,
  signal: AbortSignal,
): Promise<Reply<MarginAnswer>> {
  const query = new URLSearchParams({ model, finality, ...(venue === '' ? {} : { venue }) })
  return getJson(`/v1/accounts/${encodeURIComponent(address)}/margin?${query}`, signal)
}

export function fetchStatus(signal: AbortSignal): Promise<Reply<StatusAnswer>> {
  return getJson('/v1/status', signal)
}

/** The accounts a demo was seeded with. Anywhere else there is no such file, and the list is empty. */
export async function fetchSeededAccounts(signal: AbortSignal): Promise<readonly SeededAccount[]> {
  try {
    const { body } = await getJson<{ accounts?: readonly SeededAccount[] }>('/demo.json', signal)
    return body.accounts ?? []
  } catch {
    return []
  }
}

export function fetchConcentration(by: string, signal: AbortSignal): Promise<Reply<ConcentrationAnswer>> {
  return getJson(`/v1/risk/concentration?${new URLSearchParams({ by, limit: '50' })}`, signal)
}

export function fetchCoverage(signal: AbortSignal): Promise<Reply<CoverageAnswer>> {
  return getJson('/v1/coverage', signal)
}
