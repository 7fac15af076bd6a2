import { BlockNotFoundError, type PublicClient } from 'viem'
import { describe, expect, it } from 'vitest'
import { askNodes } from '../../../../src/api/read/askNodes'

/** A node that has these blocks, by number. */
function node(blocks: Readonly<Record<number, string>>, chainId = 1): PublicClient {
  const newest = Math.max(...Object.keys(blocks).map(Number))
  return {
    getChainId: async () => chainId,
    getBlock: async ({ blockNumber = BigInt(newest) }: { blockNumber?: bigint }) => {
      const hash = blocks[Number(blockNumber)]
      if (hash === undefined) throw new BlockNotFoundError({ blockNumber })
      return { number: blockNumber, hash }
    },
  } as unknown as PublicClient
}
const silent = { getBlock: () => Promise.reject(new Error('no answer')) } as unknown as PublicClient

const indexed: Readonly<Record<string, string>> = { 8: '0x8', 9: '0x9', 10: '0xa' }
const question = {
  chainId: 1,
  indexed: { blockNumber: '10', blockHash: '0xa' },
  hashAt: async (blockNumber: string) => indexed[blockNumber] ?? null,
}
const ours = node({ 8: '0x8', 9: '0x9', 10: '0xa', 11: '0xb' })

describe('what nodes say of the newest indexed block', () => {
  it('is that they have it', async () => {
    expect(await askNodes([ours, ours], question)).toEqual({ isConfirmed: true, fault: null })
  })

  it('is nothing against it while one is behind or away', async () => {
    const behind = node({ 8: '0x8', 9: '0x9' })
    expect(await askNodes([behind, ours, silent], question)).toEqual({ isConfirmed: true, fault: null })
    expect(await askNodes([behind, silent], question)).toEqual({ isConfirmed: false, fault: null })
    expect(await askNodes([silent], question)).toEqual({ isConfirmed: false, fault: null })
  })

  it('is nothing where a node does not reach what is indexed at all', async () => {
    expect(await askNodes([node({ 3: '0x3' })], question)).toEqual({ isConfirmed: false, fault: null })
  })

  it('is that the chain turned to another fork', async () => {
    const { isConfirmed, fault } = await askNodes([node({ 10: '0xother', 12: '0xmore' })], question)
    expect(isConfirmed).toBe(false)
    expect(fault).toEqual({
      reasonCode: 'CHAIN_REORG',
      detail: 'the node has block 10 as 0xother, it is indexed as 0xa',
    })
  })

  it('is that the chain turned to a fork that is shorter yet', async () => {
    const { fault } = await askNodes([node({ 9: '0xother' })], question)
    expect(fault).toMatchObject({ reasonCode: 'CHAIN_REORG', detail: expect.stringContaining('block 9') })
  })

  it('counts against it where a single one differs, whoever agrees', async () => {
    const { isConfirmed, fault } = await askNodes([ours, node({ 10: '0xother' }), ours], question)
    expect(isConfirmed).toBe(false)
    expect(fault!.detail).toMatch(/^node 2 of 3 has block 10/)
  })

  it('is that a node serves another chain', async () => {
    const { fault } = await askNodes([node({ 10: '0xother' }, 56)], question)
    expect(fault).toEqual({ reasonCode: 'CHAIN_UNREACHABLE', detail: 'the node serves chain id 56' })
  })
})
