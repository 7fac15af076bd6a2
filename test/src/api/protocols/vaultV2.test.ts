import { describe, expect, it } from 'vitest'
import type { ChainFacts, VaultFact } from '../../../../src/api/facts'
import { vaultTerms } from '../../../../src/api/protocols/vaultTerms'
import { assetsDown } from '../../../../src/math/vaultRates'

const blockNumber = '1'
const wad = 10n ** 18n
/** Of Morpho's per unit of the loan token while nothing has been earned. */
const perAsset = 1_000_000n

const market = (name: string, supplied: bigint, borrowed: bigint) => ({
  row: { blockNumber, protocol: 'morpho-blue', market: name, rateModelKind: 'none' },
  state: {
    ...{ blockNumber, protocol: 'morpho-blue', market: name, accruedAt: '0', borrowRate: '0' },
    ...{ supplyIndex: String(supplied), totalSupply: String(supplied * perAsset) },
    ...{ borrowIndex: String(borrowed), totalBorrow: String(borrowed * perAsset) },
  },
  parameters: { blockNumber, protocol: 'morpho-blue', market: name, reserveFactor: '0' },
})
const markets = [market('m1', 1_000n, 900n), market('m2', 1_000n, 400n), market('m3', 1_000n, 0n)]
const position = (account: string, protocol: string, name: string, raw: bigint) => ({
  ...{ blockNumber, account, protocol, market: name, side: 'supply', raw: String(raw), rate: null, accruedAt: null },
})
const vault = (name: string, shape: string): VaultFact => ({
  ...{ blockNumber, vault: name, asset: 'usd', offset: 0, shape, curator: null, market: null },
})
const plain = {
  ...{ blockNumber, feeRecipient: null, owner: null, guardian: null, supplyQueue: [], withdrawQueue: [], caps: {} },
}
const adapters = [
  { address: 'a1', kind: 'positions', vault: null, lender: 'morpho' },
  { address: 'a2', kind: 'books', vault: null, lender: 'morpho' },
  { address: 'a3', kind: 'vault', vault: 'inner', lender: null },
] as const
const v2 = {
  ...{ ...plain, vault: 'v2', fee: '0', maxRate: '0', managementFee: '0', managementFeeRecipient: null, gate: null },
  ...{ adapters, penalties: { a1: '0', a2: String(wad / 50n) }, liquidityAdapter: 'a1', liquidityMarket: 'm1' },
}
const state = (name: string, totalAssets: bigint, lastTotalAssets: bigint, status = 'ok') => ({
  ...{ blockNumber, vault: name, totalAssets: String(totalAssets), totalSupply: '1000', status },
  ...{ lastTotalAssets: String(lastTotalAssets), accruedAt: '0', lostAssets: null },
})

/** 50 lie idle; 300 and 200 are lent by positions in m1 and m3, 100 by books in m2; the other vault has 400 of its 1,000 in it, all in m3. */
function facts(
  terms: object = {},
  { status = 'ok', books = 100n, allocated = '1' }: { status?: string; books?: bigint; allocated?: string } = {},
) {
  return {
    markets: markets.map(({ row }) => row),
    marketStates: markets.map((each) => each.state),
    marketParameters: markets.map((each) => each.parameters),
    vaults: [vault('inner', 'metaMorpho'), vault('v2', 'vaultV2')],
    vaultStates: [state('inner', 0n, 1_000n, status), state('v2', 50n, 1_050n)],
    vaultParameters: [
      { ...plain, vault: 'inner', fee: '0', withdrawQueue: ['m3'] },
      { ...v2, ...terms },
    ],
    vaultPositions: [
      position('a1', 'morpho-blue', 'm1', 300n * perAsset),
      position('a1', 'morpho-blue', 'm3', 200n * perAsset),
      position('a1', 'morpho-blue', 'm2', 700n * perAsset),
      position('a2', 'morpho-blue', 'm2', 900n * perAsset),
      position('a3', 'erc4626', 'inner', 400n),
      position('inner', 'morpho-blue', 'm3', 1_000n * perAsset),
    ],
    vaultAllocations: [
      { blockNumber, account: 'a1', market: 'm1', assets: '300', shares: null },
      { blockNumber, account: 'a1', market: 'm3', assets: allocated, shares: null },
      // What somebody has lent in the adapter's name counts nothing where nothing is allocated.
      { blockNumber, account: 'a1', market: 'm2', assets: '0', shares: null },
      { blockNumber, account: 'a2', market: 'm2', assets: '100', shares: String(books * perAsset) },
    ],
  } as unknown as ChainFacts
}

const termsOf = (of: ChainFacts) => vaultTerms(of, of.vaults[1]!, 0n)
function known(of: ChainFacts) {
  const terms = termsOf(of)
  if (terms.kind === 'unknown') throw new Error(terms.detail)
  return terms
}

describe('a Vault V2', () => {
  it('has what lies idle and what its adapters count', () => {
    expect(known(facts()).rate).toEqual({ assets: 1_051n, shares: 1_001n })
  })

  it('loses at once what is taken from its books, or no longer allocated', () => {
    expect(known(facts({}, { books: 0n })).rate.assets).toBe(951n)
    expect(known(facts({}, { allocated: '0' })).rate.assets).toBe(851n)
  })

  it('can pay what lies idle and what its liquidity adapter can take from its market, and the rest for a penalty', () => {
    const { payable, forced } = known(facts())
    expect(payable).toBe(50n + 100n)
    expect(forced).toEqual({ assets: 100n + 200n, penalty: wad / 50n })
  })

  it('counts what a market can pay once', () => {
    const { payable, forced } = known(facts({ liquidityAdapter: 'a3', liquidityMarket: null }))
    expect(payable).toBe(50n + 400n)
    // The other vault is paid from m3 already.
    expect(forced).toEqual({ assets: 100n + 100n, penalty: wad / 50n })
  })

  it('is as old as what the vault behind an adapter once said', () => {
    const of = facts({}, { status: 'interval' })
    const read = { viewAssets: '2000', viewSupply: '1000', readAt: '-7' }
    const states = of.vaultStates.map((row) => (row.vault === 'inner' ? { ...row, ...read } : row))
    const terms = known({ ...of, vaultStates: states })
    expect(terms.ageSeconds).toBe(7)
    // Twice as much as before for the 400, but the total may not grow.
    expect(assetsDown(1_001n, terms.rate)).toBe(1_051n)
  })

  it('is not valued while what it has, or whether it takes a fee, cannot be told', () => {
    const unknown = { address: 'a4', kind: 'unknown', vault: null, lender: null }
    expect(termsOf(facts({ adapters: [...adapters, unknown] }))).toMatchObject({ kind: 'unknown' })
    expect(termsOf(facts({}, { status: 'reverts' }))).toMatchObject({ kind: 'unknown' })
    expect(termsOf(facts({ gate: 'g', fee: '1' }))).toMatchObject({ kind: 'unknown' })
    expect(termsOf(facts({ gate: 'g' }))).toMatchObject({ kind: 'known' })
    const of = facts()
    expect(termsOf({ ...of, vaults: [of.vaults[1]!, of.vaults[1]!] })).toMatchObject({ kind: 'unknown' })
    expect(termsOf({ ...of, marketStates: [] })).toMatchObject({ kind: 'unknown' })
  })
})
