import { Agent, request } from 'node:http'
import { createTransport, HttpRequestError, RpcRequestError, type Transport } from 'viem'

const timeoutMilliseconds = 60_000
const agent = new Agent({ keepAlive: true })

interface Reply {
  readonly result?: unknown
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown }
}

/**
 * JSON-RPC to a node on this machine. Seeding a chain takes thousands of small requests: viem's own transport spends more time on each than the
 * node does, most of it in `fetch`.
 */
export function localTransport(url: string): Transport<'local', { readonly url: string }> {
  let id = 0
  return () =>
    createTransport(
      {
        key: 'local',
        name: 'JSON-RPC on this machine',
        type: 'local',
        retryCount: 0,
        async request({ method, params }) {
          const body = { jsonrpc: '2.0', id: id++, method, params }
          const { error, result } = await post(url, body)
          if (error !== undefined) throw new RpcRequestError({ body, error, url })
          return result as never
        },
      },
      { url },
    )
}

function post(url: string, body: Record<string, unknown>): Promise<Reply> {
  const text = JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const fail = (cause: Error) => reject(new HttpRequestError({ body, cause, details: cause.message, url }))
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
    const asked = request(url, { method: 'POST', agent, headers, timeout: timeoutMilliseconds }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', fail)
      response.on('end', () => {
        try {
          resolve(JSON.parse(Buffer.concat(chunks).toString()) as Reply)
        } catch (error) {
          fail(error as Error)
        }
      })
    })
    asked.on('timeout', () => asked.destroy(new Error(`no answer within ${timeoutMilliseconds / 1000} s`)))
    asked.on('error', fail)
    asked.end(text)
  })
}
