import { describe, expect, it } from 'vitest'
import { ConfigError } from '../../config/ConfigError'
import { assertChains, loadConfig, parseConfig } from '../../config/load'
import { chains } from '../../src/chains'

const rpc = ['https://node.example']
const issuesOf = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    if (error instanceof ConfigError) return error.issues
    throw error
  }
  return []
}

describe('a built-in chain in the configuration file', () => {
  it('is completed by its name', () => {
    const config = parseConfig({ chains: { base: { rpc, maxLagSeconds: 7 } } }, 'test')
    expect(Object.keys(config.chains)).toEqual(['base'])
    const { chainId, startBlock, maxLagSeconds, required, aaveV3 } = config.chains.base!
    expect({ chainId, startBlock, maxLagSeconds, required }).toEqual({
      chainId: 8453,
      startBlock: chains.base!.startBlock,
      maxLagSeconds: 7,
      required: true,
    })
    expect(aaveV3.map(({ name, addressesProvider }) => [name, addressesProvider])).toEqual([
      ['main', chains.base!.aaveV3![0]!.addressesProvider.toLowerCase()],
    ])
  })

  it('gives way key by key', () => {
    const { base } = parseConfig({ chains: { base: { rpc, erc4626: [], startBlock: 'tip' } } }, 'test').chains
    expect(base).toMatchObject({ chainId: 8453, erc4626: [], startBlock: 'tip' })
    expect(base!.aaveV3).toHaveLength(1)
  })

  it('stays out of an entry with a chain id of its own, and of every entry without the table', () => {
    const own = { chains: { base: { rpc, chainId: 31337 } } }
    expect(parseConfig(own, 'test').chains.base).toMatchObject({ chainId: 31337, startBlock: 0, aaveV3: [] })
    expect(parseConfig(own, 'test').assets).toEqual({})
    expect(issuesOf(() => parseConfig({ builtin: false, chains: { base: { rpc } } }, 'test'))).toEqual([
      { pointer: '/chains/base/chainId', message: expect.stringContaining('built-in') },
    ])
  })

  it('needs to be told which node to ask', () => {
    expect(issuesOf(() => parseConfig({ chains: { base: {} } }, 'test'))).toEqual([
      { pointer: '/chains/base/rpc', message: expect.stringContaining('at least one HTTP endpoint') },
    ])
    expect(issuesOf(() => parseConfig({ chains: { nowhere: { rpc } } }, 'test'))).toEqual([
      { pointer: '/chains/nowhere/chainId', message: expect.stringContaining('named like a built-in chain') },
    ])
  })

  it('brings the assets that are on it, and no others', () => {
    const { assets } = parseConfig({ chains: { base: { rpc }, scroll: { rpc } } }, 'test')
    expect(Object.keys(assets.wstETH!.tokens)).toEqual(['base', 'scroll'])
    expect(Object.keys(assets.wstETH!.bridge)).toEqual(['base', 'scroll'])
    expect(assets).not.toHaveProperty('WAVAX')
    const places = Object.values(assets).flatMap(({ tokens }) => Object.keys(tokens))
    expect(new Set(places)).toEqual(new Set(['base', 'scroll']))
  })

  it('leaves assets and tokens to the file that names them', () => {
    const usdc = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'
    const named = (asset: string) => ({
      [asset]: { class: 'minorStable', riskGroup: 'USD', tokens: { base: usdc } },
    })
    const replaced = parseConfig({ chains: { base: { rpc } }, assets: named('USDC') }, 'test').assets
    expect(replaced.USDC).toMatchObject({ class: 'minorStable', issuer: null })
    const renamed = parseConfig({ chains: { base: { rpc } }, assets: named('mine') }, 'test').assets
    expect(renamed).not.toHaveProperty('USDC')
    expect(renamed.mine!.tokens.base).toBe(usdc.toLowerCase())
  })

  it('is not started by itself: without a chain the error says how to name one', () => {
    const config = loadConfig(undefined)
    expect(config.chains).toEqual({})
    expect(issuesOf(() => assertChains(config, undefined))).toEqual([
      { pointer: '/chains', message: expect.stringMatching(/"base": \{"rpc".*ethereum, base/) },
    ])
    expect(issuesOf(() => assertChains(parseConfig({ chains: { base: { rpc } } }, 'test'), undefined))).toEqual([])
  })
})
