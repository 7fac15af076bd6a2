import { setTimeout as sleep } from 'node:timers/promises'
import type { SeededAccount } from '../../devnet/types'

/** The parts of `GET /v1/accounts/{account}/margin` that the demo shows. */
export type Figure = {
  readonly account: string
  readonly marginBalance: string | null
  readonly initialMargin: string | null
  readonly maintenanceMargin: string | null
  readonly marginRatio: string | null
  readonly status: string
  readonly complete: boolean
  readonly missing: readonly {
    readonly scope: string
    readonly id: string
    readonly reasonCode: string
    readonly detail: string
  }[]
  readonly asOf: { readonly cut: string; readonly chains: Readonly<Record<string, unknown>> }
}

/** Not every account had a complete figure in time. */
export class FiguresError extends Error {
  override readonly name = 'FiguresError'
}

const retryMilliseconds = 300

/**
 * Asks for every account's margin at one and the same cut, again until all of them are complete.
 * @throws FiguresError with the last reason when `deadline` (milliseconds of the wall clock) passes.
 */
export async function waitForFigures(
  url: string,
  accounts: readonly SeededAccount[],
  options: { readonly deadline: number; readonly signal: AbortSignal; readonly onWait: (reason: string) => void },
): Promise<Figure[]> {
  for (let last = ''; ; await sleep(retryMilliseconds, undefined, { signal: options.signal })) {
    const outcome = await askAll(url, accounts, options.signal)
    if (typeof outcome !== 'string') return outcome
    if (outcome !== last) options.onWait(outcome)
    last = outcome
    if (Date.now() > options.deadline) throw new FiguresError(`not every account has a complete figure: ${outcome}`)
  }
}

/** All figures, or why there is not yet one of each. */
async function askAll(
  url: string,
  accounts: readonly SeededAccount[],
  signal: AbortSignal,
): Promise<Figure[] | string> {
  const figures: Figure[] = []
  let at = ''
  for (const { address } of accounts) {
    const answer = await ask(`${url}/v1/accounts/${address}/margin${at}`, signal)
    if (typeof answer === 'string') return answer
    if (!answer.complete) {
      const { scope, id, reasonCode, detail } = answer.missing[0] ?? {
        scope: '',
        id: '',
        reasonCode: 'incomplete',
        detail: '',
      }
      return `${scope} ${id} ${reasonCode} ${detail}`.trim()
    }
    figures.push(answer)
    at = `?at=${encodeURIComponent(answer.asOf.cut)}`
  }
  return figures
}

async function ask(address: string, signal: AbortSignal): Promise<Figure | string> {
  try {
    const response = await fetch(address, { signal: AbortSignal.any([signal, AbortSignal.timeout(20_000)]) })
    const body = await response.json()
    return response.ok
      ? (body as Figure)
      : `${(body as { code?: string }).code ?? response.status}: ${(body as { detail?: string }).detail ?? ''}`
  } catch (error) {
    signal.throwIfAborted()
    return (error as Error).message
  }
}
