import { setTimeout as delay } from 'node:timers/promises'

/** Thrown when the API answers anything but success. */
export class UnexpectedAnswerError extends Error {
  override readonly name = 'UnexpectedAnswerError'
  constructor(path: string, status: number, body: string) {
    super(`GET ${path} answered ${status}: ${body.slice(0, 500)}`)
  }
}

/** Not now: a broken connection, or another chain's indexer is just being restarted or reorganised. */
const passing = new Set([0, 422, 503])
const patienceSeconds = 45
const pauseMilliseconds = 100

/**
 * Reads one resource of the product's API. Waits for a while as long as it says that it cannot answer yet, or when the connection
 * breaks: a server may close an idle one in the very moment it is used again.
 */
export async function fetchJson<Body>(url: string, path: string): Promise<Body> {
  const deadline = Date.now() + patienceSeconds * 1000
  for (;;) {
    const { status, text } = await get(`${url}${path}`)
    if (status >= 200 && status < 300) return JSON.parse(text) as Body
    if (!passing.has(status) || Date.now() > deadline) throw new UnexpectedAnswerError(path, status, text)
    await delay(pauseMilliseconds)
  }
}

/** Status 0 when there is no answer at all. */
async function get(url: string): Promise<{ readonly status: number; readonly text: string }> {
  try {
    const response = await fetch(url)
    return { status: response.status, text: await response.text() }
  } catch (error) {
    return { status: 0, text: String((error as Error).cause ?? error) }
  }
}
