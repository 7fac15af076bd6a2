import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { keccak256, numberToHex } from 'viem'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { frozen, lagging } from '../../faults/rpc/behind'
import { dead } from '../../faults/rpc/dead'
import { emptyLogs } from '../../faults/rpc/emptyLogs'
import { type FaultyRpc, faultyRpc } from '../../faults/rpc/faultyRpc'
import { otherChain } from '../../faults/rpc/otherChain'
import { otherHistory } from '../../faults/rpc/otherHistory'
import { slow } from '../../faults/rpc/slow'
import { tooManyRequests } from '../../faults/rpc/tooManyRequests'
import { truncated } from '../../faults/rpc/truncated'

interface Block {
  readonly number: string
  readonly hash: string
  readonly parentHash: string
  readonly transactions: readonly string[]
}

const hashOf = (number: number) => keccak256(numberToHex(number, { size: 32 }))
const blockOf = (number: number): Block => ({
  number: numberToHex(number),
  hash: hashOf(number),
  parentHash: hashOf(number - 1),
  transactions: ['0x01'],
})

/** A node of a few blocks with one log each. */
class SmallNode {
  head = 100
  constructor(readonly chainId: number) {}

  answer(method: string, params: readonly unknown[]): unknown {
    const numberOf = (block: unknown) =>
      block === 'latest' ? this.head : block === 'finalized' ? this.head - 64 : Number(block)
    switch (method) {
      case 'eth_chainId':
        return numberToHex(this.chainId)
      case 'eth_blockNumber':
        return numberToHex(this.head)
      case 'eth_getBlockByNumber':
        return numberOf(params[0]) > this.head ? null : blockOf(numberOf(params[0]))
      case 'eth_getBlockByHash': {
        const number = Array.from({ length: this.head + 1 }, (_, index) => index).find((n) => hashOf(n) === params[0])
        return number === undefined ? null : blockOf(number)
      }
      case 'eth_getLogs': {
        const { fromBlock, toBlock } = params[0] as { fromBlock: string; toBlock: string }
        const count = Math.min(Number(toBlock), this.head) - Number(fromBlock) + 1
        return Array.from({ length: count }, (_, index) => ({ blockNumber: numberToHex(Number(fromBlock) + index) }))
      }
      default:
        throw new Error(`not asked in these tests: ${method}`)
    }
  }
}

describe('a faulty node', () => {
  const servers: Server[] = []
  const node = new SmallNode(7)
  const other = new SmallNode(8)
  let otherUrl: string
  let faulty: FaultyRpc

  const serve = async (small: SmallNode): Promise<string> => {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const { id, method, params } = JSON.parse(Buffer.concat(chunks).toString())
      response.end(JSON.stringify({ jsonrpc: '2.0', id, result: small.answer(method, params) }))
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const post = (body: unknown) => fetch(faulty.url, { method: 'POST', body: JSON.stringify(body) })
  const ask = async (method: string, ...params: readonly unknown[]) => {
    const response = await post({ jsonrpc: '2.0', id: 1, method, params })
    return ((await response.json()) as { result: unknown }).result
  }

  beforeAll(async () => {
    faulty = await faultyRpc(await serve(node))
    otherUrl = await serve(other)
  })
  beforeEach(() => {
    faulty.use(null)
    node.head = 100
  })
  afterAll(async () => {
    await faulty.close()
    for (const server of servers) {
      server.closeAllConnections()
      server.close()
    }
  })

  it('answers as the node behind while it has no fault, and counts nothing', async () => {
    const before = faulty.changed
    expect(await ask('eth_getBlockByNumber', 'latest', false)).toEqual(blockOf(100))
    expect(faulty.changed).toBe(before)
  })

  it('does not answer, says 429, ends in the middle or takes its time, and counts it', async () => {
    const before = faulty.changed
    faulty.use(dead)
    await expect(ask('eth_chainId')).rejects.toThrow()
    faulty.use(tooManyRequests)
    expect((await post({ id: 1, method: 'eth_chainId', params: [] })).status).toBe(429)
    faulty.use(truncated)
    await expect(ask('eth_chainId')).rejects.toThrow(SyntaxError)
    faulty.use(slow(150))
    const askedAt = performance.now()
    expect(await ask('eth_chainId')).toBe('0x7')
    expect(performance.now() - askedAt).toBeGreaterThan(140)
    expect(faulty.changed - before).toBe(4)
  })

  it('lags: everything is as it was some blocks ago', async () => {
    faulty.use(lagging(10n))
    expect(await ask('eth_blockNumber')).toBe(numberToHex(90))
    expect(await ask('eth_getBlockByNumber', 'latest', false)).toEqual(blockOf(90))
    expect(await ask('eth_getBlockByNumber', 'finalized', false)).toEqual(blockOf(26))
    expect(await ask('eth_getBlockByNumber', numberToHex(91), false)).toBeNull()
    expect(await ask('eth_getBlockByHash', hashOf(95), false)).toBeNull()
    expect(await ask('eth_getLogs', { fromBlock: numberToHex(88), toBlock: numberToHex(95) })).toHaveLength(3)
    node.head = 101
    expect(await ask('eth_blockNumber')).toBe(numberToHex(91))
    const before = faulty.changed
    expect(await ask('eth_getBlockByNumber', numberToHex(80), false)).toEqual(blockOf(80))
    expect(faulty.changed).toBe(before)
  })

  it('freezes: its head stays where it was', async () => {
    faulty.use(frozen())
    expect(await ask('eth_blockNumber')).toBe(numberToHex(100))
    node.head = 105
    expect(await ask('eth_getBlockByNumber', 'latest', false)).toEqual(blockOf(100))
  })

  it('finds no logs where there are some', async () => {
    faulty.use(emptyLogs)
    const before = faulty.changed
    expect(await ask('eth_getLogs', { fromBlock: '0x1', toBlock: '0x2' })).toEqual([])
    expect(await ask('eth_getLogs', { fromBlock: '0x65', toBlock: '0x64' })).toEqual([])
    expect(faulty.changed - before).toBe(1)
  })

  it('is another chain’s', async () => {
    faulty.use(otherChain(otherUrl))
    expect(await ask('eth_chainId')).toBe('0x8')
  })

  it('is on a fork of its own, which hangs together', async () => {
    faulty.use(otherHistory())
    expect(await ask('eth_getBlockByNumber', numberToHex(99), false)).toEqual(blockOf(99))
    const first = (await ask('eth_getBlockByNumber', numberToHex(100), false)) as Block
    expect(first).toMatchObject({ parentHash: hashOf(99), transactions: [] })
    expect(first.hash).not.toBe(hashOf(100))
    node.head = 101
    const second = (await ask('eth_getBlockByNumber', 'latest', false)) as Block
    expect(second).toMatchObject({ number: numberToHex(101), parentHash: first.hash })
    expect(await ask('eth_getBlockByHash', second.hash, false)).toEqual(second)
    expect(await ask('eth_getBlockByHash', hashOf(101), false)).toBeNull()
    expect(await ask('eth_getLogs', { fromBlock: numberToHex(98), toBlock: numberToHex(101) })).toHaveLength(2)
    expect(await ask('eth_getLogs', { blockHash: second.hash })).toEqual([])
  })

  it('answers a batch, wrongly where the fault is and rightly elsewhere', async () => {
    faulty.use(lagging(10n))
    const response = await post([
      { jsonrpc: '2.0', id: 'a', method: 'eth_blockNumber', params: [] },
      { jsonrpc: '2.0', id: 'b', method: 'eth_chainId', params: [] },
    ])
    expect(await response.json()).toEqual([
      { jsonrpc: '2.0', id: 'a', result: numberToHex(90) },
      { jsonrpc: '2.0', id: 'b', result: '0x7' },
    ])
  })
})
