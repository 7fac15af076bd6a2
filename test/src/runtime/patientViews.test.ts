import {
  type BaseError,
  ContractFunctionExecutionError,
  ContractFunctionRevertedError,
  createPublicClient,
  custom,
  HttpRequestError,
  parseAbi,
  UnknownRpcError,
} from 'viem'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ask } from '../../../src/runtime/ask'
import type { Views } from '../../../src/runtime/facts'
import { patientViews } from '../../../src/runtime/patientViews'

const slept = vi.hoisted(() => ({ milliseconds: [] as number[] }))
// Nothing is to be learned from waiting for real.
vi.mock('node:timers/promises', () => ({
  setTimeout: async (milliseconds: number) => {
    slept.milliseconds.push(milliseconds)
  },
}))
afterEach(() => {
  slept.milliseconds = []
})

const abi = parseAbi(['function totalSupply() view returns (uint256)'])
const read = { abi, address: '0x0000000000000000000000000000000000000001', functionName: 'totalSupply' } as const
/** Is never asked: what it is to ask cannot be encoded. */
const client = createPublicClient({ transport: custom({ request: () => Promise.reject(new Error('asked')) }) })
const of = (cause: BaseError) => new ContractFunctionExecutionError(cause, { abi, functionName: 'totalSupply' })
const unreachable = of(new HttpRequestError({ url: 'http://127.0.0.1:1', details: 'connection refused' }))
/** What a socket says that a node hung up. */
const brokenOff = Object.assign(new Error('read'), { code: 'ECONNRESET' })
const empty = of(new UnknownRpcError(new Error('Response is undefined')))
const reverted = of(new ContractFunctionRevertedError({ abi, functionName: 'totalSupply', message: 'paused' }))

/** Views of a node that fails so often before it answers. */
function viewsThat(failures: readonly unknown[], answer: bigint) {
  const asked = vi.fn(async () => {
    const failure = failures[asked.mock.calls.length - 1]
    if (failure !== undefined) throw failure
    return answer
  })
  return { views: patientViews({ readContract: asked } as unknown as Views), asked }
}

describe('patient views', () => {
  it('ask once where a node answers', async () => {
    const { views, asked } = viewsThat([], 7n)
    expect(await views.readContract(read)).toBe(7n)
    expect(asked.mock.calls).toEqual([[read]])
    expect(slept.milliseconds).toEqual([])
  })

  it('ask the same again, a second later each time, until a node is back', async () => {
    const { views, asked } = viewsThat([unreachable, brokenOff, empty], 7n)
    expect(await views.readContract(read)).toBe(7n)
    expect(asked.mock.calls).toEqual([[read], [read], [read], [read]])
    expect(slept.milliseconds).toEqual([1_000, 1_000, 1_000])
  })

  it('hand on at once what a contract answered, a refusal too', async () => {
    for (const refusal of [reverted, new Error('execution reverted'), new Error('returned no data ("0x")')]) {
      const { views, asked } = viewsThat([refusal], 7n)
      await expect(views.readContract(read)).rejects.toBe(refusal)
      expect(asked).toHaveBeenCalledTimes(1)
    }
    expect(slept.milliseconds).toEqual([])
  })

  it('wait for no mistake of ours', async () => {
    const mistake = new TypeError('Cannot read properties of undefined')
    const { views, asked } = viewsThat([mistake], 7n)
    await expect(views.readContract(read)).rejects.toBe(mistake)
    expect(asked).toHaveBeenCalledTimes(1)
  })

  it('hand a refusal on that comes after a silence', async () => {
    const { views, asked } = viewsThat([unreachable, reverted], 7n)
    await expect(views.readContract(read)).rejects.toBe(reverted)
    expect(asked).toHaveBeenCalledTimes(2)
  })
})

describe('a view that may be anybody’s', () => {
  const asking = (failure: unknown) =>
    ask({ readContract: () => Promise.reject(failure) } as unknown as Views, { ...read, args: [] })

  it('is null where the contract refuses', async () => {
    expect(await asking(reverted)).toBeNull()
  })

  it('is no refusal where nobody answered, or the question was wrong', async () => {
    for (const failure of [unreachable, brokenOff, empty, new TypeError('not a function')])
      await expect(asking(failure)).rejects.toBe(failure)
    const views = { readContract: (question: object) => client.readContract(question as never) } as unknown as Views
    await expect(ask(views, { ...read, functionName: 'totalSuply' })).rejects.toThrow('totalSuply')
  })
})
