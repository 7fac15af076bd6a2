import {
  type Address,
  createPublicClient,
  custom,
  decodeFunctionData,
  encodeFunctionResult,
  erc20Abi,
  type Hash,
  type Hex,
  RpcRequestError,
  toHex,
} from 'viem'
import { describe, expect, it } from 'vitest'
import { multicall3Abi } from '../../abis/multicall3'
import { askViews } from '../../views/askViews'

const multicall3 = '0x00000000000000000000000000000000000000aa'
const burner = '0x00000000000000000000000000000000000000bb'
const block = toHex(7, { size: 32 }) as Hash
const account = toHex(1, { size: 20 })
const token = (number: number) => toHex(0x1000 + number, { size: 20 })
const balanceOf = (address: Address) => ({ address, abi: erc20Abi, functionName: 'balanceOf', args: [account] })
const isBurner = (address: Address) => address.toLowerCase() === burner

/** Tokens of which everybody has as much as their address says; how a burner ends a call is the test's. */
function node(ofBurner: (targets: readonly Address[]) => 'the call fails' | readonly boolean[]) {
  const request = async ({ params }: { params?: unknown }): Promise<Hex> => {
    const [{ to, data }, at] = params as [{ to: Address; data: Hex }, { blockHash: Hash }]
    expect(at).toMatchObject({ blockHash: block, requireCanonical: true })
    if (to !== multicall3) return toHex(BigInt(to), { size: 32 })
    const [calls] = decodeFunctionData({ abi: multicall3Abi, data }).args!
    const targets = calls.map(({ target }) => target)
    const outcome = targets.some(isBurner) ? ofBurner(targets) : targets.map(() => true)
    if (outcome === 'the call fails')
      throw new RpcRequestError({ body: {}, error: { code: -32000, message: 'out of gas' }, url: '' })
    const result = targets.map((target, index) => ({
      success: outcome[index]!,
      returnData: outcome[index] ? toHex(BigInt(target), { size: 32 }) : ('0x' as Hex),
    }))
    return encodeFunctionResult({ abi: multicall3Abi, functionName: 'aggregate3', result })
  }
  return createPublicClient({ transport: custom({ request }, { retryCount: 0 }) })
}

const tokens = Array.from({ length: 9 }, (_, index) => token(index))
const views = [...tokens.slice(0, 4), burner as Address, ...tokens.slice(4)].map(balanceOf)
const expected = views.map(({ address }) => (isBurner(address) ? undefined : BigInt(address)))

describe('asking views at a block', () => {
  it('asks all in one call, and the same view once', async () => {
    const twice = [...tokens, ...tokens].map(balanceOf)
    expect(
      await askViews(
        node(() => []),
        multicall3,
        twice,
        block,
      ),
    ).toEqual({
      answers: twice.map(({ address }) => BigInt(address)),
      calls: 1,
    })
    expect(
      await askViews(
        node(() => []),
        null,
        twice,
        block,
      ),
    ).toMatchObject({ calls: tokens.length })
  })

  it('hears everybody else where one burns all gas', async () => {
    const afterIt = (targets: readonly Address[]) => targets.map((_, index) => index < targets.findIndex(isBurner))
    expect((await askViews(node(afterIt), multicall3, views, block)).answers).toEqual(expected)
    expect(
      (
        await askViews(
          node(() => 'the call fails'),
          multicall3,
          views,
          block,
        )
      ).answers,
    ).toEqual(expected)
  })

  it('takes a node that lacks the block for no answer', async () => {
    const request = async () => {
      throw new RpcRequestError({ body: {}, error: { code: -32000, message: 'header not found' }, url: '' })
    }
    const client = createPublicClient({ transport: custom({ request }, { retryCount: 0 }) })
    await expect(askViews(client, multicall3, views, block)).rejects.toThrow('header not found')
  })
})
