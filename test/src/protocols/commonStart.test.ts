import { expect, it } from 'vitest'
import { parseConfig } from '../../../config/load'
import { commonStart } from '../../../src/protocols/commonStart'
import type { StartedConfig } from '../../../src/resolveChain'

const address = (digit: number) => `0x${String(digit).repeat(40)}`

const chainOf = (startBlock: number, aave: readonly number[], comets: readonly number[]): StartedConfig => {
  const own = {
    ...{ chainId: 31337, rpc: ['http://127.0.0.1:1'], startBlock },
    aaveV3: aave.map((start, index) => ({
      ...{ name: `market-${index}`, addressesProvider: address(index + 1) },
      startBlock: start,
    })),
    compoundV3: comets.map((start, index) => ({
      name: `comet-${index}`,
      comet: address(index + 5),
      startBlock: start,
    })),
  }
  return parseConfig({ chains: { own } }, 'test').chains.own as StartedConfig
}

it('lets all contracts of a kind begin with the first of them, and each kind by itself', () => {
  const config = chainOf(10, [200, 100], [300, 400])
  expect([commonStart(config, 'aaveV3'), commonStart(config, 'compoundV3')]).toEqual([100, 300])
})

it('begins nothing before the chain’s own start', () => {
  expect(commonStart(chainOf(150, [200, 100], []), 'aaveV3')).toBe(150)
})

it('never begins a kind of which there is nothing', () => {
  expect(commonStart(chainOf(10, [200], []), 'morphoBlue')).toBe(Number.POSITIVE_INFINITY)
})
