import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient, HttpRequestError, RpcRequestError } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localTransport } from '../../devnet/chain/localTransport'

describe('the transport of local chains', () => {
  let server: Server
  let url: string

  beforeAll(async () => {
    server = createServer((request, response) => {
      let text = ''
      request.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
      })
      request.on('end', () => {
        const { id, method, params } = JSON.parse(text)
        if (method === 'test_nonsense') return void response.end('<html>')
        if (method === 'test_close') return void request.socket.destroy()
        const error = { code: 3, message: 'execution reverted', data: '0x1234' }
        response.end(
          JSON.stringify({ jsonrpc: '2.0', id, ...(method === 'test_revert' ? { error } : { result: params }) }),
        )
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  const ask = (method: string, params: readonly unknown[] = [], to = url) =>
    createClient({ transport: localTransport(to) }).request({ method, params } as never) as Promise<unknown>
  const refusal = (method: string, to = url) =>
    ask(method, [], to).then(
      () => expect.unreachable(),
      (error) => error.walk((cause: unknown) => cause instanceof RpcRequestError || cause instanceof HttpRequestError),
    )

  it('gives each of many askers its own answer, of whatever size', async () => {
    const asked = Array.from({ length: 50 }, (_, index) => [index, `ü${'x'.repeat(index * 2_000)}`])
    expect(await Promise.all(asked.map((params) => ask('test_echo', params)))).toEqual(asked)
  })

  it('hands on what the node refuses, with its code and data', async () => {
    const error = await refusal('test_revert')
    expect(error).toBeInstanceOf(RpcRequestError)
    expect(error).toMatchObject({ code: 3, data: '0x1234', details: 'execution reverted' })
  })

  it('says so when nothing sensible answers', async () => {
    const port = 1
    for (const error of await Promise.all([
      refusal('test_nonsense'),
      refusal('test_close'),
      refusal('test_echo', `http://127.0.0.1:${port}`),
    ])) {
      expect(error).toBeInstanceOf(HttpRequestError)
    }
  })
})
