import type { Address, Hex } from 'viem'

/** The selector of Multicall3's `aggregate3((address target, bool allowFailure, bytes callData)[])`. */
const selector = '82ad56cb'
const wordDigits = 64

export interface AggregatedCall {
  readonly target: Address
  readonly callData: Hex
}

export interface AggregatedAnswer {
  readonly success: boolean
  readonly returnData: Hex
}

/**
 * Calldata of `aggregate3` for calls that may each fail. Thousands of views are read at every block, and a general encoder takes longer for them
 * than the chain does to answer.
 */
export function encodeAggregate3(calls: readonly AggregatedCall[]): Hex {
  const tuples = calls.map(({ target, callData }) => {
    const data = callData.slice(2)
    const padded = data.padEnd(Math.ceil(data.length / wordDigits) * wordDigits, '0')
    return `${target.slice(2).toLowerCase().padStart(wordDigits, '0')}${word(1)}${word(96)}${word(data.length / 2)}${padded}`
  })
  let offset = 32 * tuples.length
  const offsets = tuples.map((tuple) => {
    const own = word(offset)
    offset += tuple.length / 2
    return own
  })
  return `0x${selector}${word(32)}${word(tuples.length)}${offsets.join('')}${tuples.join('')}`
}

/** What `aggregate3` returned, in the order of the calls. */
export function decodeAggregate3(result: Hex): AggregatedAnswer[] {
  const digits = result.slice(2)
  const numberAt = (byte: number) => Number.parseInt(digits.slice(2 * byte, 2 * byte + wordDigits), 16)
  const first = numberAt(0) + 32
  return Array.from({ length: numberAt(first - 32) }, (_, index) => {
    const tuple = first + numberAt(first + 32 * index)
    const data = tuple + numberAt(tuple + 32)
    const start = 2 * (data + 32)
    return { success: numberAt(tuple) === 1, returnData: `0x${digits.slice(start, start + 2 * numberAt(data))}` }
  })
}

function word(value: number): string {
  return value.toString(16).padStart(wordDigits, '0')
}
