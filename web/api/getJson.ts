import { ApiProblem } from './ApiProblem'
import { Unreachable } from './Unreachable'

const timeoutMilliseconds = 15_000

export interface Reply<T> {
  readonly body: T
  /** The server's clock when it answered, to age data by; `null` when it did not say. */
  readonly servedAt: number | null
}

/**
 * Reads one JSON resource of the API.
 * @throws ApiProblem when the API refuses or the reply is not JSON; Unreachable when there is no reply. An abort by `signal` is rethrown as it is.
 */
export async function getJson<T>(path: string, signal: AbortSignal): Promise<Reply<T>> {
  const timeout = AbortSignal.timeout(timeoutMilliseconds)
  let response: Response
  let text: string
  try {
    response = await fetch(path, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.any([signal, timeout]),
    })
    text = await response.text()
  } catch (cause) {
    if (signal.aborted) throw cause
    throw new Unreachable(cause)
  }
  const body = parse(text)
  if (!response.ok || body === undefined) throw toProblem(response.status, body)
  return { body: body as T, servedAt: serverTime(response) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function toProblem(status: number, body: unknown): ApiProblem {
  const { code, detail, title } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  const words = [detail, title].find((text) => typeof text === 'string') as string | undefined
  return new ApiProblem(
    status,
    typeof code === 'string' ? code : 'UNKNOWN',
    words ?? `The service answered ${status} without saying why.`,
  )
}

function serverTime(response: Response): number | null {
  const time = Date.parse(response.headers.get('date') ?? '')
  return Number.isNaN(time) ? null : time
}
