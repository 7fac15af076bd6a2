import { setTimeout as delay } from 'node:timers/promises'

/** Thrown when the API answers anything but success. */
export class UnexpectedAnswerError extends Error {
  override readonly name = 'UnexpectedAnswerError'
  constructor(path: string, status: number, body: string) {
    super(`${path} answered ${status}: ${body.slice(0, 500)}`)
  }
}

/** Not now: a broken connection, or another chain's indexer is just being restarted or reorganised. */
const passing = new Set([0, 422, 503])
const patienceSeconds = 45
const pauseMilliseconds = 100

/**
 * Reads one resource of the product's API. Waits for a while as long as it says that it cannot answer yet, or when the connection
 * breaks: a server may close an idle one in the very moment it is used again.
 * @param question sent as the body of a POST; without one it is a GET.
 */
export async function fetchJson<Body>(url: string, path: string, question?: object): Promise<Body> {
  const deadline = Date.now() + patienceSeconds * 1000
  for (;;) {
    const { status, text } = await ask(`${url}${path}`, question)
    if (status >= 200 && status < 300) return JSON.parse(text) as Body
    if (!passing.has(status) || Date.now() > deadline) throw new UnexpectedAnswerError(path, status, text)
    await delay(pauseMilliseconds)
  }
}

/** Status 0 when there is no answer at all. */
async function ask(url: string, question?: object): Promise<{ readonly status: number; readonly text: string }> {
  const headers = { 'content-type': 'application/json' }
  try {
    const response = await fetch(url, question && { method: 'POST', headers, body: JSON.stringify(question) })
    return { status: response.status, text: await response.text() }
  } catch (error) {
    return { status: 0, text: String((error as Error).cause ?? error) }
  }
}
