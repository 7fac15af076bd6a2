import { Agent, request } from 'node:http'
import type { AskNode } from './types'

/** The healthy node refused, in its own words. */
export class NodeError extends Error {
  override readonly name = 'NodeError'
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message)
  }
}

const timeoutMilliseconds = 30_000
const agent = new Agent({ keepAlive: true })

/** Sends a body to a node and gives back the text of its answer. */
export function postTo(url: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const asked = request(url, { method: 'POST', agent, headers, timeout: timeoutMilliseconds }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => resolve(Buffer.concat(chunks).toString()))
    })
    asked.on('timeout', () => asked.destroy(new Error(`no answer from ${url}`)))
    asked.on('error', reject)
    asked.end(body)
  })
}

/** One question after another to the node at `url`. */
export function askNodeAt(url: string): AskNode {
  return async (method, params) => {
    const text = await postTo(url, JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }))
    const { result, error } = JSON.parse(text) as { result?: unknown; error?: { code: number; message: string } }
    if (error !== undefined) throw new NodeError(error.code, error.message)
    return result
  }
}
