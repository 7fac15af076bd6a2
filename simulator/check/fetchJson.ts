import { setTimeout as delay } from 'node:timers/promises'

/** Thrown when the API answers anything but success. */
export class UnexpectedAnswerError extends Error {
  override readonly name = 'UnexpectedAnswerError'
  constructor(path: string, status: number, body: string) {
    super(`GET ${path} answered ${status}: ${body.slice(0, 500)}`)
  }
}

/** Not now: another chain's indexer is just being restarted or reorganised. */
const passing = new Set([422, 503])
const patienceSeconds = 45
const pauseMilliseconds = 100

/** Reads one resource of the product's API; waits for a while as long as it says that it cannot answer yet. */
export async function fetchJson<Body>(url: string, path: string): Promise<Body> {
  const deadline = Date.now() + patienceSeconds * 1000
  for (;;) {
    const response = await fetch(`${url}${path}`)
    const text = await response.text()
    if (response.ok) return JSON.parse(text) as Body
    if (!passing.has(response.status) || Date.now() > deadline) {
      throw new UnexpectedAnswerError(path, response.status, text)
    }
    await delay(pauseMilliseconds)
  }
}
