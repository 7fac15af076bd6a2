import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { askNodeAt, NodeError, postTo } from './askNode'
import type { FaultyAnswer, RpcCall, RpcFault } from './types'

export interface FaultyRpc {
  readonly url: string
  /** Answers that were not as the healthy node gives them, since the start. */
  readonly changed: number
  /** From the next question on; `null` for a healthy node. */
  use(fault: RpcFault | null): void
  close(): Promise<void>
}

const keepAliveMilliseconds = 600_000

/** JSON-RPC over HTTP in front of a healthy node, with faults that can be switched on and off. */
export async function faultyRpc(nodeUrl: string): Promise<FaultyRpc> {
  const ask = askNodeAt(nodeUrl)
  let fault: RpcFault | null = null
  let changed = 0

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await textOf(request)
    const current = fault
    const healthy = () => postTo(nodeUrl, body)
    if (current === null) return reply(response, await healthy())
    const asked = JSON.parse(body) as RpcCall | readonly RpcCall[]
    const calls = [asked].flat() as RpcCall[]
    const answers = await Promise.all(calls.map((call) => faultyAnswer(current, call)))
    const wrong = answers.filter((one) => one !== null)
    if (wrong.length === 0) return reply(response, await healthy())
    changed += wrong.length
    const rude = wrong.find(({ kind }) => kind !== 'result' && kind !== 'error')
    if (rude !== undefined) return misbehave(response, rude, healthy)
    const bodies = await Promise.all(calls.map((call, index) => bodyOf(call, answers[index]!)))
    return reply(response, JSON.stringify(Array.isArray(asked) ? bodies : bodies[0]))
  }

  /** What the node refuses while a fault looks at it, it refuses. */
  const faultyAnswer = (current: RpcFault, call: RpcCall): Promise<FaultyAnswer | null> =>
    current(call, ask).catch((error: unknown) => {
      if (error instanceof NodeError) return null
      throw error
    })

  const bodyOf = async ({ id, method, params }: RpcCall, wrong: FaultyAnswer | null): Promise<object> => {
    if (wrong?.kind === 'result') return { jsonrpc: '2.0', id, result: wrong.result }
    if (wrong?.kind === 'error') return { jsonrpc: '2.0', id, error: { code: wrong.code, message: wrong.message } }
    return ask(method, params).then(
      (result) => ({ jsonrpc: '2.0', id, result }),
      ({ code, message }: NodeError) => ({ jsonrpc: '2.0', id, error: { code, message } }),
    )
  }

  const server = createServer((request, response) => {
    // The healthy node ending is a fault of its own: whoever asks sees the connection end.
    answer(request, response).catch(() => response.destroy())
  })
  // A connection closed while a question is on its way would be a fault nobody ordered.
  server.keepAliveTimeout = keepAliveMilliseconds
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get changed() {
      return changed
    },
    use: (next) => {
      fault = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function misbehave(response: ServerResponse, wrong: FaultyAnswer, healthy: () => Promise<string>) {
  switch (wrong.kind) {
    case 'refusal':
      response.writeHead(wrong.status, { 'content-type': 'text/plain', ...wrong.headers }).end('no')
      return
    case 'hangUp':
      response.destroy()
      return
    case 'late':
      await delay(wrong.milliseconds)
      reply(response, await healthy())
      return
    case 'truncated': {
      const text = await healthy()
      reply(response, text.slice(0, Math.floor(text.length / 2)))
      return
    }
    case 'result':
    case 'error':
      return
  }
}

function reply(response: ServerResponse, body: string): void {
  if (!response.destroyed) response.writeHead(200, { 'content-type': 'application/json' }).end(body)
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
