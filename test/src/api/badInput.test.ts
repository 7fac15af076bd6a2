import { request as httpRequest } from 'node:http'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseConfig } from '../../../config/load'
import { createServer, type RunningServer } from '../../../src/api/createServer'

const account = `0x${'a1'.repeat(20)}`
const checksummed = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045'

/** Nothing here needs a database: what is wrong with a request is said before one is asked. */
const config = parseConfig(
  {
    builtin: false,
    chains: {
      alpha: { chainId: 31337, rpc: ['http://127.0.0.1:9'] },
      beta: { chainId: 31338, rpc: ['http://127.0.0.1:9'] },
    },
  },
  'test',
)

describe('bad input', () => {
  let server: RunningServer

  beforeAll(async () => {
    server = await createServer({
      config,
      databaseUrl: 'postgresql://nobody@127.0.0.1:9/none',
      port: 0,
      host: '127.0.0.1',
      webDirectory: null,
      log: pino({ level: 'silent' }),
    })
  })
  afterAll(() => server?.close())

  const expectProblem = async (response: Response, status: number, code: string, pointer: string) => {
    const text = await response.text()
    expect([response.status, response.headers.get('content-type')], text).toEqual([status, 'application/problem+json'])
    const problem = JSON.parse(text)
    expect(problem).toMatchObject({ status, code, pointer })
    expect(Object.keys(problem).sort()).toEqual(['code', 'detail', 'pointer', 'status', 'title', 'type'])
    expect(text).not.toMatch(/\bat .*(\.ts|\.js|node:)/)
  }
  const post = (body: BodyInit, type = 'application/json') =>
    fetch(`${server.url}/v1/margin`, { method: 'POST', headers: { 'content-type': type }, body })

  const paths: readonly [path: string, status: number, code: string, pointer: string][] = [
    ['/v1/accounts/0x12/margin', 400, 'BAD_ADDRESS', '/account'],
    ['/v1/accounts/vitalik.eth/margin', 400, 'BAD_ADDRESS', '/account'],
    ['/v1/accounts/%F0%9F%92%A9/collateral', 400, 'BAD_ADDRESS', '/account'],
    ['/v1/accounts/%ZZ/collateral', 400, 'BAD_ADDRESS', '/account'],
    ['/v1/accounts/__proto__/collateral', 400, 'BAD_ADDRESS', '/account'],
    [`/v1/accounts/${checksummed.replace('d8dA', 'D8dA')}/margin`, 400, 'BAD_ADDRESS', '/account'],
    [`/v1/accounts/${account}0/margin`, 400, 'BAD_ADDRESS', '/account'],
    [`/v1/accounts/${account}/margin?model=best`, 400, 'UNKNOWN_MODEL', '/model'],
    [`/v1/accounts/${account}/margin?model=`, 400, 'UNKNOWN_MODEL', '/model'],
    [`/v1/accounts/${account}/margin?modell=cross`, 400, 'UNKNOWN_FIELD', '/modell'],
    [`/v1/accounts/${account}/margin?__proto__=1`, 400, 'UNKNOWN_FIELD', '/__proto__'],
    [`/v1/accounts/${account}/margin?model=cross&model=es`, 400, 'UNKNOWN_MODEL', '/model'],
    [`/v1/accounts/${account}/margin?venue=`, 400, 'BAD_TYPE', '/venue'],
    [`/v1/accounts/${account}/collateral?venue=Acme`, 400, 'BAD_TYPE', '/venue'],
    [`/v1/accounts/${account}/margin?venue=${'a'.repeat(41)}`, 400, 'OUT_OF_RANGE', '/venue'],
    [`/v1/accounts/${account}/margin?finality=yes`, 400, 'BAD_TYPE', '/finality'],
    [`/v1/accounts/${account}/margin?at=2020-13-45T00:00:00Z`, 400, 'BAD_TYPE', '/at'],
    [`/v1/accounts/${account}/margin?at=2020-01-01T00:00:00`, 400, 'BAD_TYPE', '/at'],
    [`/v1/accounts/${account}/margin?at=alpha:-1`, 400, 'BAD_TYPE', '/at'],
    [`/v1/accounts/${account}/margin?at=alpha:1e3`, 400, 'BAD_TYPE', '/at'],
    [`/v1/accounts/${account}/margin?at=${'9'.repeat(500)}`, 400, 'OUT_OF_RANGE', '/at'],
    [`/v1/accounts/${account}/margin?include=everything`, 400, 'BAD_TYPE', '/include'],
    [`/v1/accounts/${account}/collateral?model=cross`, 400, 'UNKNOWN_FIELD', '/model'],
    ['/v1/status?verbose=1', 400, 'UNKNOWN_FIELD', '/verbose'],
    ['/v1/markets?chain=gamma', 400, 'BAD_CHAIN', '/chain'],
    ['/v1/parameters?id=house-99', 404, 'NOT_FOUND', '/id'],
    ['/v1/nothing', 404, 'NOT_FOUND', ''],
    ['/', 404, 'NOT_FOUND', ''],
    ['/../../etc/passwd', 404, 'NOT_FOUND', ''],
  ]
  it.each(paths)('GET %s', async (path, status, code, pointer) => {
    await expectProblem(await fetch(server.url + path), status, code, pointer)
  })

  const perp = { id: 'a', kind: 'perp', underlying: 'ETH', quantity: '1' }
  const addresses = [account]
  const bodies: readonly [name: string, body: unknown, status: number, code: string, pointer: string][] = [
    ['null', null, 400, 'BAD_TYPE', ''],
    ['a list', [], 400, 'BAD_TYPE', ''],
    ['no addresses', {}, 400, 'BAD_TYPE', '/addresses'],
    ['addresses as text', { addresses: account }, 400, 'BAD_TYPE', '/addresses'],
    ['a bad address', { addresses: [account, '0xzz'] }, 400, 'BAD_ADDRESS', '/addresses/1'],
    ['a number for an address', { addresses: [1] }, 400, 'BAD_TYPE', '/addresses/0'],
    ['101 addresses', { addresses: Array(101).fill(account) }, 400, 'TOO_MANY_ITEMS', '/addresses'],
    ['5,001 positions', { addresses, positions: Array(5_001).fill(perp) }, 400, 'TOO_MANY_ITEMS', '/positions'],
    ['an unknown field', { addresses, modell: 'cross' }, 400, 'UNKNOWN_FIELD', '/modell'],
    [
      'an unknown field inside',
      { addresses, positions: [{ ...perp, leverage: 5 }] },
      400,
      'UNKNOWN_FIELD',
      '/positions/0/leverage',
    ],
    ['an unknown model', { addresses, model: 'best' }, 400, 'UNKNOWN_MODEL', '/model'],
    ['a model that is no text', { addresses, model: 1 }, 400, 'UNKNOWN_MODEL', '/model'],
    ['an unknown kind', { addresses, positions: [{ ...perp, kind: 'swap' }] }, 400, 'BAD_TYPE', '/positions/0/kind'],
    [
      'a quantity in words',
      { addresses, positions: [{ ...perp, quantity: 'ten' }] },
      400,
      'BAD_TYPE',
      '/positions/0/quantity',
    ],
    [
      'a quantity as an object',
      { addresses, positions: [{ ...perp, quantity: {} }] },
      400,
      'BAD_TYPE',
      '/positions/0/quantity',
    ],
    ['an empty id', { addresses, positions: [{ ...perp, id: '' }] }, 400, 'OUT_OF_RANGE', '/positions/0/id'],
    ['a venue that is no text', { addresses, venue: 1 }, 400, 'BAD_TYPE', '/venue'],
    ['a venue with a quote', { addresses, venue: "a'b" }, 400, 'BAD_TYPE', '/venue'],
    ['a bad instant', { addresses, at: 'noon' }, 400, 'BAD_TYPE', '/at'],
    ['market data as text', { addresses, marketData: 'x' }, 400, 'BAD_TYPE', '/marketData'],
  ]
  it.each(bodies)('POST %s', async (_, body, status, code, pointer) => {
    await expectProblem(await post(JSON.stringify(body)), status, code, pointer)
  })

  it.each([
    [{ chain: 'alpha', accounts: ['0x12'] }, 'BAD_ADDRESS', '/accounts/0'],
    [{ chain: 'alpha', accounts: [] }, 'OUT_OF_RANGE', '/accounts'],
    [{ chain: 'alpha', accounts: Array<string>(1_001).fill(account) }, 'TOO_MANY_ITEMS', '/accounts'],
    [{ chain: 'alpha', accounts: [account], note: 1 }, 'UNKNOWN_FIELD', '/note'],
    [{ chain: 'gamma', accounts: [account] }, 'BAD_CHAIN', '/chain'],
  ])('refuses a list to hydrate: %#', async (body, code, pointer) => {
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    await expectProblem(await fetch(`${server.url}/v1/hydration`, init), 400, code, pointer)
  })

  it('POST of what is not JSON', async () => {
    for (const text of ['', '{', '{"addresses":[}', 'NaN', '\u0000'])
      await expectProblem(await post(text), 400, 'BAD_TYPE', '')
    await expectProblem(await post(new Uint8Array([0x22, 0xff, 0xfe, 0x22])), 400, 'BAD_TYPE', '')
    await expectProblem(await post('{}', 'text/plain'), 415, 'BAD_TYPE', '')
  })

  it('POST of a number beyond any float', async () => {
    await expectProblem(
      await post(
        `{"addresses":["${account}"],"positions":[{"id":"a","kind":"perp","underlying":"ETH","quantity":1e999}]}`,
      ),
      400,
      'BAD_TYPE',
      '/positions/0/quantity',
    )
  })

  it('POST of prototype keys', async () => {
    await expectProblem(
      await post(`{"addresses":["${account}"],"__proto__":{"model":"cross"}}`),
      400,
      'UNKNOWN_FIELD',
      '/__proto__',
    )
    await expectProblem(
      await post(`{"addresses":["${account}"],"constructor":1}`),
      400,
      'UNKNOWN_FIELD',
      '/constructor',
    )
  })

  it('POST of 2 MB, with and without a declared length', async () => {
    const large = JSON.stringify({ addresses, positions: [], padding: 'x'.repeat(2 * 1024 * 1024) })
    await expectProblem(await post(large), 413, 'BODY_TOO_LARGE', '')
    const status = await new Promise<number>((resolve, reject) => {
      const request = httpRequest(
        `${server.url}/v1/margin`,
        { method: 'POST', headers: { 'content-type': 'application/json' } },
        (response) => {
          response.resume()
          resolve(response.statusCode!)
        },
      )
      request.on('error', reject)
      for (let start = 0; start < large.length; start += 65_536) request.write(large.slice(start, start + 65_536))
      request.end()
    })
    expect(status).toBe(413)
  })

  it('POST nested 100,000 levels deep', async () => {
    const levels = 100_000
    await expectProblem(await post(`${'['.repeat(levels)}${']'.repeat(levels)}`), 400, 'OUT_OF_RANGE', '')
    await expectProblem(await post(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`), 400, 'OUT_OF_RANGE', '')
    // Brackets inside a string are no levels.
    await expectProblem(
      await post(JSON.stringify({ addresses: ['['.repeat(1_000)] })),
      400,
      'BAD_ADDRESS',
      '/addresses/0',
    )
  })

  it('other methods', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH'])
      await expectProblem(await fetch(`${server.url}/v1/margin`, { method }), 404, 'NOT_FOUND', '')
  })

  it('while the database is away: alive, not ready, and nothing invented', async () => {
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
    const good = ['/ready', '/v1/status', `/v1/accounts/${account}/margin`, `/v1/accounts/${checksummed}/collateral`]
    for (const path of good) {
      const response = await fetch(server.url + path)
      expect(response.headers.get('retry-after')).toBe('1')
      await expectProblem(response, 503, 'NOT_READY', '')
    }
    await expectProblem(await post(JSON.stringify({ addresses })), 503, 'NOT_READY', '')
    const metrics = await (await fetch(`${server.url}/metrics`)).text()
    expect(metrics).toContain('crossmargin_ready 0')
    expect(metrics).toMatch(/crossmargin_requests_total\{route="\/v1\/margin",status="503"\} 1/)
  })

  it('is described in the published documents', async () => {
    const openapi = await (await fetch(`${server.url}/openapi.json`)).json()
    expect(openapi.openapi).toBe('3.1.0')
    expect(Object.keys(openapi.paths)).toEqual(
      expect.arrayContaining([
        '/v1/accounts/{account}/margin',
        '/v1/accounts/{account}/collateral',
        '/v1/margin',
        '/v1/status',
      ]),
    )
    expect(openapi.paths['/v1/margin'].post.responses['400'].content).toHaveProperty('application/problem+json')
    expect(await (await fetch(`${server.url}/docs`)).text()).toContain('/v1/accounts/{account}/margin')
    expect(await (await fetch(`${server.url}/llms.txt`)).text()).toContain('stateHash')
  })
})
