import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { chainClient } from '../../../cli/supervisor/chainClient'

/** What a node does with a question: an HTTP status, or a JSON-RPC error or result. */
type Reply = { readonly status: number } | { readonly error: object } | { readonly result: string }

const refusal: Reply = { error: { code: 3, message: 'execution reverted', data: '0x' } }
const down: Reply = { status: 503 }
const five: Reply = { result: `0x${'5'.padStart(64, '0')}` }

describe('a chain client', () => {
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) server.close()
  })

  /** A node that gives these replies in turn, the last one for ever. */
  async function node(...replies: readonly Reply[]): Promise<string> {
    let asked = 0
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', (part) => {
        body += part
      })
      request.on('end', () => {
        const reply = replies[Math.min(asked++, replies.length - 1)]!
        if ('status' in reply) response.writeHead(reply.status).end('away')
        else response.end(JSON.stringify({ jsonrpc: '2.0', id: JSON.parse(body).id, ...reply }))
      })
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  async function ask(...rpc: readonly string[]) {
    const silences: Error[] = []
    const client = chainClient({ rpc: [...rpc] }, { onSilence: (error) => silences.push(error) })
    const answer = await client
      .call({ to: '0x00000000000000000000000000000000000000aa' })
      .then(({ data }) => data)
      .catch(() => 'failed')
    return { answer, silences: silences.length }
  }

  it('tells a node that is away from a contract that refuses', async () => {
    expect(await ask(await node(down))).toEqual({ answer: 'failed', silences: 1 })
    expect(await ask(await node(refusal))).toEqual({ answer: 'failed', silences: 0 })
    expect(await ask('http://127.0.0.1:9')).toEqual({ answer: 'failed', silences: 1 })
  })

  it('hears no silence where another attempt or another node answers', async () => {
    expect(await ask(await node(down, five))).toMatchObject({ answer: expect.stringMatching(/5$/), silences: 0 })
    expect(await ask(await node(down), await node(five))).toMatchObject({ silences: 0 })
  })
})
