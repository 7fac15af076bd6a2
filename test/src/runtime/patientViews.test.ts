import {
  type BaseError,
  ContractFunctionExecutionError,
  ContractFunctionRevertedError,
  HttpRequestError,
  parseAbi,
} from 'viem'
import { afterEach, describe, expect, it, vi } from 'vitest'
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
const of = (cause: BaseError) => new ContractFunctionExecutionError(cause, { abi, functionName: 'totalSupply' })
const unreachable = of(new HttpRequestError({ url: 'http://127.0.0.1:1', details: 'connection refused' }))
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
    const { views, asked } = viewsThat([unreachable, unreachable, new Error('socket hang up')], 7n)
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

  it('hand a refusal on that comes after a silence', async () => {
    const { views, asked } = viewsThat([unreachable, reverted], 7n)
    await expect(views.readContract(read)).rejects.toBe(reverted)
    expect(asked).toHaveBeenCalledTimes(2)
  })
})
