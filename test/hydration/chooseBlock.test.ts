import { createPublicClient, custom, type Hash, RpcRequestError, toHex } from 'viem'
import { describe, expect, it } from 'vitest'
import { chooseBlock } from '../../hydration/chooseBlock'
import { NotYetError } from '../../hydration/readSetting'

const hashOf = (number: bigint) => toHex(number, { size: 32 }) as Hash
const block = (number: bigint) => ({ number, hash: hashOf(number) })
const setting = {
  schema: 'idx',
  chainId: 1,
  openings: [{ protocol: 'wallet', contract: '0x', blockNumber: '90' }],
  multicall3: null,
}

/** A node that knows these tags. */
function nodeWith(tags: Readonly<Record<string, bigint>>) {
  const request = async ({ params }: { params?: unknown }) => {
    const tag = tags[(params as string[])[0]!]
    if (tag === undefined)
      throw new RpcRequestError({ body: {}, error: { code: -32602, message: 'no such tag' }, url: '' })
    return { number: toHex(tag), hash: hashOf(tag), timestamp: '0x1', transactions: [] }
  }
  return createPublicClient({ transport: custom({ request }, { retryCount: 0 }) })
}

describe('the block at which accounts are read', () => {
  it('is final and indexed', async () => {
    expect(await chooseBlock(nodeWith({ finalized: 100n }), block(164n), setting)).toMatchObject(block(100n))
    expect(await chooseBlock(nodeWith({ finalized: 100n }), block(95n), setting)).toEqual(block(95n))
  })

  it('is the newest indexed one where the chain has no such tag', async () => {
    expect(await chooseBlock(nodeWith({ latest: 170n }), block(164n), setting)).toEqual(block(164n))
  })

  it('is none before what the index began with is final', async () => {
    await expect(chooseBlock(nodeWith({ finalized: 89n }), block(95n), setting)).rejects.toThrow(NotYetError)
    expect(await chooseBlock(nodeWith({ finalized: 90n }), block(95n), setting)).toMatchObject(block(90n))
  })

  it('is none before the index of all that is older has begun', async () => {
    const later = {
      ...setting,
      openings: [...setting.openings, { protocol: 'erc4626', contract: '0x', blockNumber: '93' }],
    }
    await expect(chooseBlock(nodeWith({ finalized: 92n }), block(95n), later)).rejects.toThrow(NotYetError)
    expect(await chooseBlock(nodeWith({ finalized: 93n }), block(95n), later)).toMatchObject(block(93n))
  })
})
