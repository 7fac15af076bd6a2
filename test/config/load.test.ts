import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, type ConfigIssue } from '../../config/ConfigError'
import { loadConfig, parseConfig } from '../../config/load'

const provider = '0x000000000000000000000000000000000000dEaD'
const minimal = () => ({
  builtin: false,
  chains: {
    alpha: {
      chainId: 31337,
      rpc: ['http://127.0.0.1:8545'],
      aaveV3: [{ name: 'main', version: '3.6', addressesProvider: provider, startBlock: 5 }],
    },
  } as Record<string, unknown>,
  assets: { WETH: { class: 'major', riskGroup: 'ETH', tokens: { alpha: provider } } } as Record<string, unknown>,
})

function issuesOf(value: unknown): readonly ConfigIssue[] {
  try {
    parseConfig(value, 'test')
  } catch (error) {
    if (error instanceof ConfigError) return error.issues
    throw error
  }
  return []
}

describe('the configuration file', () => {
  it('fills in defaults and lower-cases addresses', () => {
    const config = parseConfig(minimal(), 'test')
    expect(config.clock).toBe('system')
    expect(config.chains.alpha).toMatchObject({ startBlock: 0, required: true, maxLagSeconds: 30, erc4626: [] })
    expect(config.chains.alpha?.aaveV3[0]?.addressesProvider).toBe(provider.toLowerCase())
  })

  it('says how far chains, protocols and feeds are trusted, and of which it may', () => {
    expect(parseConfig(minimal(), 'test').trust).toEqual({ chains: {}, protocols: {}, feedDeviations: {} })
    const value = minimal()
    const feed = { proxy: provider, base: 'WETH', quote: 'USD', heartbeatSeconds: 3_600 }
    value.chains.alpha = { ...(value.chains.alpha as object), chainlink: [feed] }
    const trust = {
      chains: { alpha: 'recent' },
      protocols: { 'aave-v3': 'unproven' },
      feedDeviations: { [provider]: '0.005' },
    }
    expect(parseConfig({ ...value, trust }, 'test').trust).toEqual({
      ...trust,
      feedDeviations: { [provider.toLowerCase()]: '0.005' },
    })
    expect(issuesOf({ ...minimal(), trust }).map(({ pointer }) => pointer)).toEqual([
      `/trust/feedDeviations/${provider.toLowerCase()}`,
    ])
    expect(issuesOf({ ...value, trust: { chains: { beta: 'recent' } } })).toEqual([
      { pointer: '/trust/chains/beta', message: expect.stringContaining('beta') },
    ])
    for (const wrong of [
      { chains: { alpha: 'solid' } },
      { protocols: { uniswap: 'recent' } },
      { feedDeviations: { [provider]: '1.5' } },
    ])
      expect(issuesOf({ ...value, trust: wrong }), JSON.stringify(wrong)).toHaveLength(1)
  })

  it('names an unknown key by its pointer', () => {
    const value = minimal()
    value.chains.alpha = { ...(value.chains.alpha as object), 'spee/d~': 1 }
    expect(issuesOf(value)).toEqual([
      { pointer: '/chains/alpha/spee~1d~0', message: expect.stringContaining('unknown key') },
    ])
  })

  it('names each wrong value by its pointer', () => {
    const value = { ...minimal(), clock: 'moon' }
    value.chains.alpha = {
      chainId: 0,
      rpc: [],
      aaveV3: [{ name: 'main', addressesProvider: '0x12', startBlock: -1 }],
    }
    expect(
      issuesOf(value)
        .map(({ pointer }) => pointer)
        .sort(),
    ).toEqual([
      '/chains/alpha/aaveV3/0/addressesProvider',
      '/chains/alpha/aaveV3/0/startBlock',
      '/chains/alpha/chainId',
      '/chains/alpha/rpc',
      '/clock',
    ])
  })

  it('refuses two chains with one chain id', () => {
    const value = minimal()
    value.chains.beta = { chainId: 31337, rpc: ['http://127.0.0.1:8546'] }
    expect(issuesOf(value)).toEqual([
      { pointer: '/chains/beta/chainId', message: '31337 is already used by chain "alpha"' },
    ])
  })

  it('refuses a token on a chain that is not configured', () => {
    const value = minimal()
    value.assets.WETH = { class: 'major', riskGroup: 'ETH', tokens: { gamma: provider } }
    expect(issuesOf(value)).toEqual([
      { pointer: '/assets/WETH/tokens/gamma', message: expect.stringContaining('gamma') },
    ])
  })

  it('says what is wrong with a file that is missing or is not JSON', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'crossmargin-config-')), 'config.json')
    expect(() => loadConfig(file)).toThrow(/cannot be read/)
    writeFileSync(file, '{ "builtin": ')
    expect(() => loadConfig(file)).toThrow(/not valid JSON/)
    writeFileSync(file, JSON.stringify(minimal()))
    expect(loadConfig(file).chains.alpha?.chainId).toBe(31337)
  })
})
