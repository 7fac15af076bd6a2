/** Thrown when the API answers anything but success. */
export class UnexpectedAnswerError extends Error {
  override readonly name = 'UnexpectedAnswerError'
  constructor(path: string, status: number, body: string) {
    super(`GET ${path} answered ${status}: ${body.slice(0, 500)}`)
  }
}

/** Reads one resource of the product's API. */
export async function fetchJson<Body>(url: string, path: string): Promise<Body> {
  const response = await fetch(`${url}${path}`)
  const text = await response.text()
  if (!response.ok) throw new UnexpectedAnswerError(path, response.status, text)
  return JSON.parse(text) as Body
}
