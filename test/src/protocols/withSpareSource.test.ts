import { factory } from 'ponder'
import { type Address, getAbiItem, parseAbi } from 'viem'
import { describe, expect, it } from 'vitest'
import type { ContractSource } from '../../../src/protocols/protocol'
import { countPieces, SPARE, withSpareSource } from '../../../src/protocols/withSpareSource'

const abi = parseAbi([
  'event Transfer(address indexed from, address indexed to, uint256 value)',
  'event Born(address indexed child)',
])
const addresses = (count: number) =>
  Array.from({ length: count }, (_, index): Address => `0x${String(index).padStart(40, '0')}`)
const sourcesOf = (contracts: Readonly<Record<string, ContractSource>>) => ({
  contracts,
  blocks: { Blocks: { interval: 1, startBlock: 7 } },
})
const plain = (count: number): ContractSource => ({ abi, address: addresses(count), startBlock: 0 })
const handled = ['Blocks:block', `${SPARE}:block`, 'Token:setup', 'Token:Transfer', 'Other:Transfer']

describe('what Ponder asks for', () => {
  it('is a piece for every event, address and value', () => {
    const count = (contracts: Readonly<Record<string, ContractSource>>, names = handled) =>
      countPieces(sourcesOf(contracts), names)
    expect(count({})).toBe(1)
    expect(count({ Token: plain(3) })).toBe(1 + 3)
    expect(count({ Token: { ...plain(3), address: [...addresses(3), ...addresses(2)] } })).toBe(1 + 3)
    expect(count({ Token: plain(3) }, [...handled, 'Token:Born'])).toBe(1 + 3 + 3)
    const filter = { event: 'Transfer', args: { to: addresses(4) } }
    expect(count({ Token: { ...plain(3), filter } })).toBe(1 + 3 * 4)
    expect(count({ Token: { ...plain(3), filter } }, [...handled, 'Token:Born'])).toBe(1 + 3 * 4 + 3)
    expect(count({ Token: { ...plain(1), filter: { event: 'Transfer', args: { to: addresses(1)[0] } } } })).toBe(2)
  })

  it('is twice as much for what a factory finds', () => {
    const address = factory({ address: addresses(2), event: getAbiItem({ abi, name: 'Born' }), parameter: 'child' })
    expect(countPieces(sourcesOf({ Token: { ...plain(0), address } }), handled)).toBe(1 + 2 * 2)
  })

  it('is never one more than it can ask for at once', () => {
    for (const [count, isSpare] of [
      [199, false],
      [200, true],
      [201, false],
      [400, true],
      [0, true],
    ] as const) {
      const { blocks } = withSpareSource(sourcesOf({ Token: plain(count) }), handled)
      expect(SPARE in blocks, String(count)).toBe(isSpare)
      expect(blocks.Blocks).toEqual({ interval: 1, startBlock: 7 })
    }
  })
})
