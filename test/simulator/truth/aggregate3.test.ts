import fc from 'fast-check'
import { encodeFunctionData, encodeFunctionResult, type Hex, multicall3Abi } from 'viem'
import { describe, expect, it } from 'vitest'
import { decodeAggregate3, encodeAggregate3 } from '../../../simulator/truth/aggregate3'

const functionName = 'aggregate3'
const hex = (bytes: Uint8Array): Hex => `0x${Buffer.from(bytes).toString('hex')}`
const data = fc.uint8Array({ maxLength: 100 }).map(hex)
const address = fc.uint8Array({ minLength: 20, maxLength: 20 }).map(hex)

describe('aggregate3', () => {
  it('is encoded as any encoder does', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ target: address, callData: data }), { maxLength: 12 }), (calls) => {
        const args = [calls.map((call) => ({ ...call, allowFailure: true }))] as const
        expect(encodeAggregate3(calls)).toBe(encodeFunctionData({ abi: multicall3Abi, functionName, args }))
      }),
    )
  })

  it('is decoded to what was encoded', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ success: fc.boolean(), returnData: data }), { maxLength: 12 }), (answers) => {
        const result = encodeFunctionResult({ abi: multicall3Abi, functionName, result: answers })
        expect(decodeAggregate3(result)).toEqual(answers)
      }),
    )
  })
})
