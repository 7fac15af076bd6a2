import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChainFacts, Facts, PositionFact } from '../../../../../src/api/facts'
import { type Axis, bookLines } from '../../../../../src/api/valuation/book/bookLines'
import { concentrationOf } from '../../../../../src/api/valuation/book/concentrationOf'
import { custodians } from '../../../../../src/api/valuation/book/custodians'
import { reconcile, ShareSums } from '../../../../../src/api/valuation/book/reconcile'
import { rememberPrices } from '../../../../../src/api/valuation/book/rememberPrices'
import { Tally } from '../../../../../src/api/valuation/book/tally'
import { createPriceBook } from '../../../../../src/api/valuation/priceBook'
import { evidence } from '../../support/evidence'

const time = 1_700_000_000
const stamp = { blockNumber: '1' }
const [weth, usdc, stata, vault, outer, receipt] = ['0xe0', '0xu0', '0xs1', '0xv1', '0xv2', '0xa0']
const market = (token: string) => `0xp001:${token}`

const position = (protocol: string, of: string, account: string, raw: bigint, side = 'supply'): PositionFact => ({
  ...stamp,
  protocol,
  market: of,
  account,
  side,
  raw: String(raw),
  rate: null,
  accruedAt: null,
})
const vaultRow = (address: string, asset: string, wrapped: string | null, curator: string | null = null) => ({
  ...stamp,
  vault: address,
  asset,
  offset: 0,
  shape: wrapped === null ? 'standard' : 'stata',
  curator,
  market: wrapped,
})

/** A pool of WETH and USDC, a wrapper of its WETH receipt, a vault of USDC, and a vault of that vault's shares. */
function world(positions: readonly PositionFact[]): { readonly facts: ChainFacts; readonly all: Facts } {
  const { facts } = evidence(time, 0, 0)
  const base = facts.chains.alpha!
  const alpha: ChainFacts = {
    ...base,
    tokens: [...base.tokens, { ...stamp, address: vault, symbol: 'vUSDC', decimals: 6 }],
    markets: base.markets.map((row) => (row.market === market(weth) ? { ...row, receipt } : row)),
    vaults: [vaultRow(stata, weth, market(weth)), vaultRow(vault, usdc, null, '0xc0'), vaultRow(outer, vault, null)],
    vaultStates: [stata, vault, outer].map((address) => ({
      ...stamp,
      vault: address,
      totalAssets: '1000000',
      totalSupply: '1000000',
      status: 'ok',
    })),
    positions,
    lendingAccounts: [],
  }
  const reference = {
    assets: {
      ...facts.reference.assets,
      USDC: { ...facts.reference.assets.USDC!, issuer: 'Circle' },
    },
    feeds: ['0xfeed0', '0xfeed1'].map((feed, index) => ({
      chain: 'alpha',
      feed,
      base: ['WETH', 'USDC'][index]!,
      quote: 'USD',
      heartbeatSeconds: 3600,
      band: null,
    })),
  }
  return { facts: alpha, all: { reference, chains: { alpha } } }
}

function linesOf(positions: readonly PositionFact[]) {
  const { facts, all } = world(positions)
  return bookLines('alpha', facts, all.reference, rememberPrices(createPriceBook(all, time)), time)
}

function by(axis: Axis, positions: readonly PositionFact[]) {
  const tally = new Tally()
  for (const line of linesOf(positions).lines) tally.add(line.keys[axis], line)
  return concentrationOf(tally.entries(), 100)
}
const valuesBy = (axis: Axis, positions: readonly PositionFact[]) =>
  Object.fromEntries(by(axis, positions).rows.map(({ key, held, owed }) => [`${key}`, [held.value, owed.value]]))
const usd = (dollars: number) => BigInt(dollars) * 10n ** 8n

describe('the lines of a book', () => {
  const everything = [
    position('aave-v3', market(weth), '0x01', 2n * 10n ** 18n),
    position('aave-v3', market(usdc), '0x01', 1_000_000_000n, 'borrow'),
    position('erc4626', stata, '0x02', 10n ** 18n),
    position('erc4626', outer, '0x03', 500_000n),
    position('wallet', usdc, '0x03', 3_000_000n),
    position('wallet', '0xq9', '0x03', 3_000_000n),
  ]

  it('carry a key on every axis, where the money is in the end', () => {
    expect(valuesBy('asset', everything)).toEqual({
      WETH: [usd(7_500), 0n],
      USDC: [usd(3) + usd(1) / 2n, usd(1_000)],
    })
    expect(valuesBy('protocol', everything)).toEqual({
      'aave-v3': [usd(7_500), usd(1_000)],
      wallet: [usd(3), 0n],
      erc4626: [usd(1) / 2n, 0n],
    })
    expect(valuesBy('issuer', everything)).toMatchObject({ Circle: [usd(3) + usd(1) / 2n, usd(1_000)] })
    expect(valuesBy('curator', everything)).toMatchObject({ '0xc0': [usd(1) / 2n, 0n] })
    expect(Object.keys(valuesBy('oracle', everything))).toEqual(['chainlink:0xfeed0', 'chainlink:0xfeed1'])
    expect(valuesBy('account', everything)['0x02']).toEqual([usd(2_500), 0n])
  })

  it('name what could not be valued', () => {
    expect(linesOf(everything).missing).toEqual([expect.objectContaining({ id: '0xq9', reasonCode: 'TOKEN_UNKNOWN' })])
    const [debtor] = linesOf([position('wallet', usdc, '0x05', -1n)]).lines
    expect(debtor!.value).toBeNull()
    expect(linesOf([position('wallet', usdc, '0x05', -1n)]).missing).toMatchObject([{ reasonCode: 'READ_FAILED' }])
  })

  it('do not change by asset or chain when an account is split in two', () => {
    const held = fc.record({
      kind: fc.constantFrom('wallet', 'aave', 'debt', 'stata', 'vault'),
      raw: fc.bigInt({ min: 0n, max: 10n ** 24n }),
    })
    const toPosition = ({ kind, raw }: { kind: string; raw: bigint }, account: string) => {
      switch (kind) {
        case 'aave':
          return position('aave-v3', market(weth), account, raw)
        case 'debt':
          return position('aave-v3', market(usdc), account, raw, 'borrow')
        case 'stata':
          return position('erc4626', stata, account, raw)
        case 'vault':
          return position('erc4626', vault, account, raw)
        default:
          return position('wallet', usdc, account, raw)
      }
    }
    const portfolio = fc.uniqueArray(held, { selector: ({ kind }) => kind, maxLength: 5 })
    fc.assert(
      fc.property(portfolio, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), (things, sides) => {
        const whole = things.map((thing) => toPosition(thing, '0x01'))
        const parts = things.map((thing, index) => toPosition(thing, sides[index] ? '0x01' : '0x02'))
        for (const axis of ['asset', 'chain', 'protocol', 'issuer', 'oracle'] as const)
          expect(by(axis, parts)).toEqual(by(axis, whole))
        expect(by('account', parts).total).toEqual(by('account', whole).total)
      }),
    )
  })
})

describe('custodians', () => {
  it('are pools, receipts, vaults and exchange pools, and not the tokens that are simply held', () => {
    const { facts } = world([])
    const ofWallet = { ...facts.markets[0]!, protocol: 'wallet', market: usdc, kind: 'token', unit: usdc }
    const exchange = { ...stamp, pool: '0xe1', token0: usdc, token1: weth, fee: 500, tickSpacing: 10 }
    expect([...custodians({ ...facts, markets: [...facts.markets, ofWallet], pools: [exchange] })].sort()).toEqual(
      ['0xp001', '0xe1', receipt, stata, vault, outer].sort(),
    )
  })

  it('are the adapters of vaults, too', () => {
    const adapters = [{ address: '0xad', kind: 'positions', vault: null, lender: '0xmb' }] as const
    const terms = { fee: '0', feeRecipient: null, owner: null, guardian: null, supplyQueue: [], withdrawQueue: [] }
    const vaultParameters = [{ ...stamp, ...terms, vault, caps: {}, adapters }]
    expect([...custodians({ ...world([]).facts, vaultParameters })]).toContain('0xad')
  })
})

describe('reconcile', () => {
  const { facts } = world([])
  const totals = {
    ...facts,
    marketStates: facts.marketStates.map((row) => ({ ...row, totalSupply: '30', totalBorrow: '0' })),
  }
  const sums = new ShareSums()
  sums.add(position('aave-v3', market(weth), '0x01', 10n))
  sums.add(position('aave-v3', market(weth), '0x02', 20n))
  sums.add(position('aave-v3', market(usdc), '0x01', 29n))
  sums.add(position('aave-v3', market(usdc), '0x01', 5n, 'borrowStable'))
  sums.add(position('wallet', usdc, '0x01', 5n))
  const rows = reconcile('alpha', totals, sums)
  const row = (of: string, side: string) => rows.find((each) => each.market === of && each.side === side)

  it('compares a market of pledges with what is pledged', () => {
    const pledged = new ShareSums()
    pledged.add(position('compound-v3', '0xc1:weth', '0x01', 7n, 'collateral'))
    const of = { protocol: 'compound-v3', market: '0xc1:weth' }
    const found = reconcile(
      'alpha',
      {
        ...facts,
        markets: [{ ...facts.markets[0]!, ...of, kind: 'collateral' }],
        marketStates: [{ ...facts.marketStates[0]!, ...of, totalSupply: '7', totalBorrow: '0' }],
        vaultStates: [],
      },
      pledged,
    )
    expect(found).toEqual([{ chain: 'alpha', ...of, side: 'collateral', sumShares: 7n, totalShares: 7n, equal: true }])
  })

  it('compares what all accounts have with what the market says, to the share', () => {
    expect(row(market(weth), 'supply')).toMatchObject({ sumShares: 30n, totalShares: 30n, equal: true })
    expect(row(market(usdc), 'supply')).toMatchObject({ sumShares: 29n, totalShares: 30n, equal: false })
    expect(row(market(usdc), 'borrow')).toMatchObject({ sumShares: 0n, equal: true })
    expect(row(vault, 'supply')).toMatchObject({ sumShares: 0n, totalShares: 1_000_000n, equal: false })
  })

  it('says where there is nothing to compare with, and leaves out what is simply held', () => {
    expect(row(market(usdc), 'borrowStable')).toMatchObject({ sumShares: 5n, totalShares: null, equal: null })
    expect(rows.some(({ protocol }) => protocol === 'wallet')).toBe(false)
  })
})
