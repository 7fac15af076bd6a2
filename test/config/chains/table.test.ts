import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as book from '@aave-dao/aave-address-book'
import { addresses, deployments } from '@morpho-org/blue-sdk'
import { type Address, getAddress } from 'viem'
import * as viemChains from 'viem/chains'
import { describe, expect, it } from 'vitest'
import { assetSchema, type BuiltinChain, chainSchema } from '../../../config/schema'
import { type BookMarket, bookChainId, bookFeed, bookMarket } from '../../../scripts/chains/addressBook'
import { tableRows } from '../../../scripts/chains/rows'
import { aaveSources } from '../../../scripts/chains/sources/aave'
import { chainSources } from '../../../scripts/chains/sources/chains'
import { feedSources } from '../../../scripts/chains/sources/feeds'
import { tableFiles } from '../../../scripts/chains/tableFiles'
import { assets, chains } from '../../../src/chains'

const expected = {
  ...{ ethereum: 1, base: 8453, arbitrum: 42161, optimism: 10, polygon: 137, avalanche: 43114, bnb: 56, gnosis: 100 },
  ...{ scroll: 534352, linea: 59144 },
}
const entries = Object.entries(chains)
const rowsOf = (chain: BuiltinChain) => [
  ...(chain.aaveV3 ?? []).map((row) => ({ ...row, address: row.addressesProvider })),
  ...(chain.morphoBlue ?? []),
  ...(chain.compoundV3 ?? []).map((row) => ({ ...row, address: row.comet })),
  ...(chain.erc4626 ?? []),
  ...(chain.chainlink ?? []).map((row) => ({ ...row, address: row.proxy })),
]

/** Every address in some data, as a key or as a value, that is not written with its checksum. */
function withoutChecksum(value: unknown): string[] {
  if (typeof value === 'string') return /^0x[0-9a-fA-F]{40}$/.test(value) && getAddress(value) !== value ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => [...withoutChecksum(key), ...withoutChecksum(item)])
}

const repeated = (values: readonly string[]) => values.filter((value, index) => values.indexOf(value) !== index)

/** Aave's markets of a chain, by the address book. */
const marketsOn = (chainId: number): (readonly [string, BookMarket])[] =>
  Object.entries(book as unknown as Readonly<Record<string, BookMarket>>).filter(
    ([name, market]) => /^AaveV3/.test(name) && market.CHAIN_ID === chainId && 'POOL_ADDRESSES_PROVIDER' in market,
  )

describe('the built-in chain table', () => {
  it('has the ten chains, under their own ids', () => {
    expect(Object.fromEntries(entries.map(([name, { chainId }]) => [name, chainId]))).toEqual(expected)
  })

  it.each(entries)('%s is what the configuration file could say itself', (_, chain) => {
    expect(chainSchema.safeParse({ ...chain, rpc: ['http://127.0.0.1:8545'] }).error).toBeUndefined()
  })

  it('writes every address with its checksum, and would notice one without', () => {
    expect(withoutChecksum({ chains, assets })).toEqual([])
    const proper = '0x87870Bca3F3fD6335C3F4ce8392D69350B4fA4E2'
    expect(withoutChecksum([{ [proper.toLowerCase()]: proper }])).toEqual([proper.toLowerCase()])
  })

  it.each(entries)('%s has a start block in every row, none before the chain’s own', (_, chain) => {
    const rows = rowsOf(chain)
    expect(rows.length).toBeGreaterThan(0)
    const starts = rows.map(({ startBlock }) => startBlock!)
    expect(starts.filter((start) => !Number.isSafeInteger(start) || start <= 0)).toEqual([])
    expect(chain.startBlock).toBe(Math.min(...starts))
  })

  it.each(entries)('%s names nothing twice', (_, chain) => {
    expect(repeated(rowsOf(chain).map(({ address }) => address.toLowerCase()))).toEqual([])
    expect(repeated((chain.aaveV3 ?? []).map(({ name }) => name))).toEqual([])
    expect(repeated((chain.compoundV3 ?? []).map(({ name }) => name))).toEqual([])
    expect(repeated((chain.chainlink ?? []).map(({ base, quote }) => `${base}/${quote}`))).toEqual([])
  })

  it.each(entries)('%s has limits of its own', (name, chain) => {
    const source = chainSources.find((candidate) => candidate.name === name)!
    expect(Object.keys(chain)).toEqual(expect.arrayContaining(['maxLagSeconds', 'getLogsRange', 'multicall3']))
    expect(chain.maxLagSeconds).toBeGreaterThanOrEqual(5 * source.blockSeconds)
    expect([source.lagReason, source.rangeReason, source.finality].every((words) => words.length > 10)).toBe(true)
  })

  it.each(entries)('%s agrees with viem on block time and Multicall3', (name, { chainId, multicall3 }) => {
    const known = Object.values(viemChains).find(({ id }) => id === chainId)!
    const contracts = known.contracts as { readonly multicall3?: { readonly address: Address } } | undefined
    expect(multicall3).toBe(getAddress(contracts!.multicall3!.address))
    expect(chainSources.find((source) => source.name === name)!.blockSeconds * 1000).toBe(known.blockTime)
  })
})

describe('the table and Aave’s address book', () => {
  it.each(entries)('%s has every market of the book but the one that is left out', (_, chain) => {
    const known = marketsOn(chain.chainId).filter(([name]) => name !== 'AaveV3EthereumHorizon')
    const providers = (chain.aaveV3 ?? []).map(({ addressesProvider }) => addressesProvider)
    expect(providers.sort()).toEqual(known.map(([, market]) => market.POOL_ADDRESSES_PROVIDER).sort())
  })

  it.each(aaveSources)('$book starts where Aave’s subgraph reads the registry of the book', (source) => {
    expect(bookMarket(source.book).POOL_ADDRESSES_PROVIDER_REGISTRY).toBe(source.registry)
    expect(bookChainId(source.book)).toBe(chains[source.chain]!.chainId)
  })

  it.each(entries)('%s has no vault but stataTokens of its markets', (_, chain) => {
    const wrappers = marketsOn(chain.chainId).flatMap(([, { ASSETS }]) =>
      Object.values(ASSETS).map(({ STATA_TOKEN }) => STATA_TOKEN),
    )
    expect((chain.erc4626 ?? []).filter(({ address }) => !wrappers.includes(address))).toEqual([])
  })

  it.each(feedSources)('$book.$constant is the feed of $base on $chain', ({ chain, book: name, constant, base }) => {
    expect(bookChainId(name)).toBe(chains[chain]!.chainId)
    const row = chains[chain]!.chainlink!.find((feed) => feed.base === base)!
    expect(row.proxy).toBe(bookFeed(name, constant))
    expect(row.heartbeatSeconds).toBeLessThanOrEqual(86_400)
  })

  it.each(Object.entries(assets))('%s is on each chain a token of its Aave markets', (_, asset) => {
    expect(assetSchema.safeParse(asset).error).toBeUndefined()
    expect(Object.keys(asset.bridge!)).toEqual(Object.keys(asset.tokens))
    const unknown = Object.entries(asset.tokens).filter(([chain, token]) => {
      const known = marketsOn(chains[chain]!.chainId).flatMap(([, { ASSETS }]) => Object.values(ASSETS))
      return !known.some(({ UNDERLYING }) => UNDERLYING === token)
    })
    expect(unknown).toEqual([])
  })

  it('gives no token two names', () => {
    const tokens = Object.values(assets).flatMap((asset) =>
      Object.entries(asset.tokens).map(([chain, token]) => `${chain} ${token}`),
    )
    expect(repeated(tokens)).toEqual([])
  })
})

describe('the table and Morpho’s SDK', () => {
  it.each(entries)('%s has what the SDK has', (_, chain) => {
    const known = addresses[chain.chainId as keyof typeof addresses]
    const start = deployments[chain.chainId as keyof typeof deployments]?.morpho
    const row = { address: known?.morpho, irm: { [known?.adaptiveCurveIrm ?? '']: 'adaptive-curve' } }
    expect(chain.morphoBlue ?? []).toEqual(known === undefined ? [] : [{ ...row, startBlock: Number(start) }])
  })
})

describe('the generated files', () => {
  const files = Object.entries(tableFiles())

  it('come from rows that all name their sources', () => {
    const rows = tableRows()
    expect(rows.length).toBeGreaterThan(80)
    expect(rows.filter(({ addressSource }) => !/^https:\/\//.test(addressSource))).toEqual([])
    const derived = ['erc4626', 'chainlink']
    expect(rows.filter((row) => !derived.includes(row.list) && !/^https:\/\//.test(row.startSource))).toEqual([])
  })

  it.each(files)('%s is what its sources give', (file, text) => {
    expect(readFileSync(join(import.meta.dirname, '../../..', file), 'utf8')).toBe(text)
  })
})
