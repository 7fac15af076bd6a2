import type { Address } from 'viem'
import { maxUint256 } from 'viem'
import { describe, expect, it } from 'vitest'
import { compareAccount } from '../../../simulator/check/compareAccount'
import { compareMarkets } from '../../../simulator/check/compareMarkets'
import type { CollateralBody, CollateralRow, MarketRow } from '../../../simulator/check/wire'
import { largestDrift } from '../../../simulator/report'
import { noCometPosition } from '../../../simulator/truth/readComet'
import type { AccountTruth, ChainTruth, CometTruth, ReserveTruth } from '../../../simulator/truth/types'
import type { SimulatedContracts } from '../../../simulator/types'

const address = (digit: string) => `0x${digit.repeat(40)}` as Address
const [weth, usdc, vault, holder, later, staked] = ['a', 'b', 'c', 'd', 'e', 'f'].map(address) as [
  Address,
  Address,
  Address,
  Address,
  Address,
  Address,
]
const token = { address: weth, abi: [] }
/** LTV 80 %, threshold 82.5 %, incentive 105 %, 18 decimals, active and borrowable, caps 7 and 9. */
const configuration =
  8000n | (8250n << 16n) | (10500n << 32n) | (18n << 48n) | (1n << 56n) | (1n << 58n) | (7n << 80n) | (9n << 116n)
const reserve: ReserveTruth = {
  ...{ asset: weth, id: 3, decimals: 18, configuration, price: 2_000_00000000n },
  ...{ aToken: token, variableDebtToken: token, stableDebtToken: null },
  ...{ normalizedIncome: 10n ** 27n, normalizedDebt: 2n * 10n ** 27n, scaledSupply: 50n, supply: 50n },
  ...{ scaledDebt: 20n, debt: 40n, stableDebt: 0n, deficit: 0n, liquidity: 10n },
  ...{ supplyRate: 1n, borrowRate: 2n, accruedToTreasury: 0n },
}
const account: AccountTruth = {
  ...{
    account: holder,
    collateralBase: 500n,
    debtBase: 0n,
    availableBorrowsBase: 0n,
    healthFactor: maxUint256,
    emode: 0,
  },
  configuration: 1n << 7n,
  holdings: [{ wallet: 11n, scaledSupply: 5n, supply: 5n, scaledDebt: 0n, debt: 0n, stableDebt: 0n }],
  vaultShares: { one: 4n, receipts: 0n, async: 2n },
  vaultAssets: { one: 6n, receipts: 0n, async: 3n },
  morpho: [],
  comet: noCometPosition,
  ...{ requested: 3n, requestedAssets: 4n, staked: 8n },
}
const comet: CometTruth = {
  ...{ supply: 9n, borrow: 8n, supplyPrincipal: 7n, borrowPrincipal: 6n, supplyRate: 5n, borrowRate: 4n },
  ...{
    basePrice: 10n ** 8n,
    baseScale: 10n ** 6n,
    baseBorrowMin: 1n,
    liquidity: 3n,
    pauseFlags: 0b100,
    supplyKink: 2n,
  },
  assets: [],
}
const truth: ChainTruth = {
  ...{ chain: 'alpha', blockNumber: 9n, blockHash: '0x01', timestamp: 1, reserves: [reserve], accounts: [account] },
  morphoMarkets: [],
  comet,
  vaults: {},
  lenders: {},
  vaultV2: null,
}
const contracts = {
  tokens: {
    WETH: token,
    WBTC: { ...token, address: usdc },
    USDC: { ...token, address: usdc },
    wstETH: { ...token, address: usdc },
  },
  vaults: { one: { address: vault } },
  moreVaults: { async: { address: later }, receipts: { address: address('0') }, rebasing: { address: staked } },
} as unknown as SimulatedContracts

const row = (values: Partial<CollateralRow>): CollateralRow => ({
  ...{ chain: 'alpha', account: holder, protocol: 'aave-v3', market: 'pool', side: 'collateral', token: weth },
  ...{ shares: '5', amount: '5' },
  ...values,
})
const answer = (rows: readonly CollateralRow[], unit: object = {}): CollateralBody => ({
  ...{ complete: true, missing: [], asOf: { chains: {} } },
  collateral: rows,
  lendingUnits: [
    {
      ...{ chain: 'alpha', account: holder, protocol: 'aave-v3', unit: 'pool' },
      ...{ collateralBaseRaw: '500', debtBaseRaw: '0', healthFactorRaw: null, ...unit },
    },
  ],
})
const right = [
  row({}),
  row({ protocol: 'wallet', market: weth, side: 'supply', shares: '11', amount: '11' }),
  row({ protocol: 'erc4626', market: vault, side: 'supply', token: vault, shares: '4', amount: '6' }),
  row({ protocol: 'erc4626', market: later, side: 'supply', token: usdc, shares: '2', amount: '3' }),
  row({ protocol: 'erc7540', market: later, side: 'supply', token: usdc, shares: '3', amount: '4' }),
  row({ protocol: 'wallet', market: staked, side: 'supply', token: staked, shares: '7', amount: '8' }),
]
const figures = (body: CollateralBody) =>
  compareAccount(truth, account, contracts, body).drifts.map(({ figure }) => figure)

describe('compareAccount', () => {
  it('finds nothing in a right answer, and has compared every figure', () => {
    const { checks, drifts } = compareAccount(truth, account, contracts, answer(right))
    expect(drifts).toEqual([])
    expect(checks).toBe(24)
  })

  it('finds a wei', () => {
    const { drifts } = compareAccount(truth, account, contracts, answer([row({ amount: '6' }), ...right.slice(1)]))
    expect(drifts.map(({ figure }) => figure)).toEqual([`${weth} supply`])
    expect(largestDrift(drifts)).toBe(1n)
  })

  it('takes a missing row for zero and an unknown figure for none', () => {
    expect(figures(answer(right.slice(1)))).toEqual([`${weth} supply`, `${weth} scaled supply`, `${weth} pledged`])
    expect(figures(answer([row({ amount: null }), ...right.slice(1)]))).toEqual([`${weth} supply`])
  })

  it('takes no row of another account for its own', () => {
    const body = answer(right.map((own) => ({ ...own, account: vault })))
    expect(figures(body)).toHaveLength(11)
    expect(
      figures({ ...answer(right), lendingUnits: [{ ...answer(right).lendingUnits[0]!, account: vault }] }),
    ).toEqual(['collateral in base currency'])
  })

  it('finds a pledge that is none, and rows of another chain do not help', () => {
    expect(figures(answer([row({ side: 'supply' }), ...right.slice(1)]))).toEqual([`${weth} pledged`])
    expect(figures(answer(right.map((own) => ({ ...own, chain: 'beta' }))))).toHaveLength(11)
  })

  it('does not excuse a vault that is missing, with whatever reason', () => {
    const body = {
      ...answer([...right.slice(0, 2), ...right.slice(3)]),
      missing: [{ id: vault, reasonCode: 'VAULT_REVERTED' }],
    }
    expect(figures(body)).toEqual(['vault one shares', 'vault one assets'])
  })

  it('compares e-mode and every flag where the answer carries its facts', () => {
    const factsOf = (emode: number, collateralBitmap: string) => ({
      ...answer(right),
      facts: {
        facts: {
          chains: {
            alpha: {
              lendingAccounts: [{ protocol: 'aave-v3', account: holder, emode, collateralBitmap }],
              vaultStates: [],
            },
          },
        },
      },
    })
    expect(figures(factsOf(0, '8'))).toEqual([])
    expect(figures(factsOf(1, '8'))).toEqual(['e-mode'])
    expect(figures(factsOf(0, '24'))).toEqual(['collateral flags'])
    expect(figures({ ...factsOf(0, '8'), facts: { facts: { chains: {} } } })).toEqual(['collateral flags'])
  })

  it('compares the totals of the vaults that the facts name, and whether these can be followed', () => {
    const known = {
      ...truth,
      vaults: { one: { totalAssets: 90n, totalSupply: 60n }, async: { totalAssets: 9n, totalSupply: 6n } },
    }
    const found = (values: object) => {
      const state = { vault: later, status: 'ok', totalAssets: '9', totalSupply: '6', ...values }
      const own = { protocol: 'aave-v3', account: holder, emode: 0, collateralBitmap: '8' }
      const chains = { alpha: { lendingAccounts: [own], vaultStates: [state] } }
      const body = { ...answer(right), facts: { facts: { chains } } }
      return compareAccount(known, account, contracts, body).drifts.map(({ figure }) => figure)
    }
    expect(found({})).toEqual([])
    expect(found({ status: 'interval' })).toEqual(['vault async status'])
    expect(found({ totalAssets: '8' })).toEqual(['vault async total assets'])
    expect(found({ totalSupply: '7' })).toEqual(['vault async total supply'])
    // What this one has is in somebody else's books.
    expect(found({ vault, totalAssets: '0', totalSupply: '60' })).toEqual([])
  })

  it('compares what an account has in a Morpho market, and its health there', () => {
    const wad = 10n ** 18n
    const morphoMarket = {
      ...{ name: 'wethUsdc', id: '0xid', borrowRate: 0n, fee: 0n },
      price: 2n * 10n ** 36n,
      params: { loanToken: usdc, collateralToken: weth, oracle: vault, irm: vault, lltv: wad / 2n },
      totals: { supplyAssets: 0n, supplyShares: 0n, borrowAssets: 0n, borrowShares: 0n },
    } as const
    const position = { supplyShares: 0n, supplyAssets: 0n, collateral: 100n, borrowShares: 9n, borrowAssets: 50n }
    const own = { ...{ chain: 'alpha', account: holder }, protocol: 'morpho-blue', unit: '0xid' }
    const unit = { ...own, collateralBaseRaw: '200', debtBaseRaw: '50', healthFactorRaw: String(2n * wad) }
    const pledged = row({ protocol: 'morpho-blue', market: '0xid', shares: '100', amount: '100' })
    const owed = { ...pledged, side: 'borrow', shares: '9', amount: '50' } as const
    const found = (rows: readonly CollateralRow[], health: object = {}) => {
      const base = answer([...right, ...rows])
      return compareAccount(
        { ...truth, morphoMarkets: [morphoMarket] },
        { ...account, morpho: [position] },
        contracts,
        { ...base, lendingUnits: [...base.lendingUnits, { ...unit, ...health }] },
      ).drifts.map(({ figure }) => figure.replace('Morpho wethUsdc ', ''))
    }
    expect(found([pledged, owed])).toEqual([])
    expect(found([pledged, { ...owed, amount: '49' }])).toEqual(['debt'])
    expect(found([owed])).toEqual(['collateral'])
    expect(found([pledged, owed], { healthFactorRaw: '1' })).toEqual(['health factor'])
  })

  it('compares what an account has in the Comet, and its health there', () => {
    const wad = 10n ** 18n
    const asset = {
      ...{
        symbol: 'WETH' as const,
        asset: weth,
        scale: wad,
        price: 2_000n * 10n ** 8n,
        supplyCap: 0n,
        total: wad,
        reserve: 0n,
      },
      ...{ borrowCollateralFactor: 0n, liquidateCollateralFactor: wad / 2n },
    } as const
    const position = { principal: -400n * 10n ** 6n, balance: 0n, debt: 500n * 10n ** 6n, isLiquidatable: false }
    const own = { ...{ chain: 'alpha', account: holder }, protocol: 'compound-v3', unit: vault }
    const raw = { collateralBaseRaw: '2000000000', debtBaseRaw: '500000000', healthFactorRaw: String(2n * wad) }
    const pledged = row({ protocol: 'compound-v3', market: `${vault}:${weth}`, amount: String(wad) })
    const owed = row({ ...pledged, market: vault, side: 'borrow', shares: '400000000', amount: '500000000' })
    const found = (rows: readonly CollateralRow[], health: object = {}) => {
      const base = answer([...right, ...rows])
      return compareAccount(
        { ...truth, comet: { ...comet, assets: [asset] } },
        { ...account, comet: { ...position, pledges: [wad] } },
        contracts,
        { ...base, lendingUnits: [...base.lendingUnits, { ...own, ...raw, ...health }] },
      ).drifts.map(({ figure }) => figure.replace('Comet ', ''))
    }
    expect(found([pledged, owed])).toEqual([])
    expect(found([pledged, { ...owed, shares: '399999999' }])).toEqual(['principal'])
    expect(found([pledged, { ...owed, amount: '499999999' }])).toEqual(['debt'])
    expect(found([owed])).toEqual(['WETH pledged'])
    expect(found([pledged, owed], { healthFactorRaw: '1' })).toEqual(['health factor'])
  })

  it('knows that no debt means no health factor', () => {
    expect(figures(answer(right, { healthFactorRaw: '0' }))).toEqual(['health factor'])
    expect(figures(answer(right, { healthFactorRaw: String(maxUint256) }))).toEqual(['health factor'])
  })
})

const market: MarketRow = {
  ...{ chain: 'alpha', protocol: 'aave-v3', market: 'pool:weth', token: weth, decimals: 18 },
  ...{ supplyIndex: String(10n ** 27n), borrowIndex: String(2n * 10n ** 27n), scaledSupply: '50', totalSupply: '50' },
  ...{ scaledBorrow: '20', totalBorrow: '40', stableBorrow: '0', deficit: null, oraclePriceRaw: '200000000000' },
  ...{ liquidity: '10', supplyRate: '1', borrowRate: '2', maxLtv: '8000', liquidationThreshold: '8250' },
  ...{ liquidationIncentive: '10500', supplyCap: '9', borrowCap: '7', flags: ['active', 'borrowing'] },
}
const cometRow: MarketRow = {
  ...{ ...market, protocol: 'compound-v3', market: vault, token: usdc, decimals: 6 },
  ...{ totalSupply: '9', totalBorrow: '8', scaledSupply: '7', scaledBorrow: '6', supplyRate: '5', borrowRate: '4' },
  ...{ oraclePriceRaw: '100000000', liquidity: '3', flags: ['active', 'borrowing', 'withdrawPaused'] },
}
const markets = (...rows: MarketRow[]) =>
  compareMarkets(truth, { asOf: { chains: {} }, markets: [...rows, cometRow] }).drifts.map(({ figure }) => figure)

describe('compareMarkets', () => {
  it('finds nothing in a right answer', () => {
    expect(markets(market)).toEqual([])
  })

  it('reads caps and flags from the configuration bitmap', () => {
    expect(markets({ ...market, supplyCap: '7', borrowCap: '9' })).toEqual([`${weth} borrow cap`, `${weth} supply cap`])
    expect(markets({ ...market, flags: ['active'] })).toEqual([`${weth} flags`])
  })

  it('compares every figure of a Morpho market', () => {
    const morphoMarket = {
      ...{ name: 'wethUsdc', id: '0xid', price: 8n, borrowRate: 6n, fee: 5n },
      params: { loanToken: usdc, collateralToken: weth, oracle: vault, irm: vault, lltv: 7n },
      totals: { supplyAssets: 4n, supplyShares: 3n, borrowAssets: 2n, borrowShares: 1n },
    } as const
    const right: MarketRow = {
      ...{ ...market, protocol: 'morpho-blue', market: '0xid', token: usdc, flags: [] },
      ...{ totalSupply: '4', scaledSupply: '3', totalBorrow: '2', scaledBorrow: '1', liquidity: '2' },
      ...{ oraclePriceRaw: '8', borrowRate: '6', reserveFactor: '5', liquidationThreshold: '7' },
    }
    const figures = (row: Partial<MarketRow>) =>
      compareMarkets(
        { ...truth, morphoMarkets: [morphoMarket] },
        { asOf: { chains: {} }, markets: [market, { ...right, ...row }, cometRow] },
      ).drifts.map(({ figure }) => figure.replace('Morpho wethUsdc ', ''))
    expect(figures({})).toEqual([])
    expect(figures({ totalSupply: '5' })).toEqual(['supply'])
    expect(figures({ scaledSupply: '2' })).toEqual(['supply shares'])
    expect(figures({ oraclePriceRaw: null, borrowRate: '0' })).toEqual(['price', 'borrow rate'])
    expect(figures({ market: '0xother' }).length).toBe(9)
  })

  it('compares every figure of a Comet', () => {
    const figures = (row: Partial<MarketRow>) =>
      compareMarkets(truth, { asOf: { chains: {} }, markets: [market, { ...cometRow, ...row }] }).drifts.map(
        ({ figure }) => figure.replace('Comet ', ''),
      )
    expect(figures({})).toEqual([])
    expect(figures({ totalBorrow: '9', scaledSupply: '8' })).toEqual(['debt', 'principal supplied'])
    expect(figures({ flags: ['active', 'borrowing'], liquidity: '4' })).toEqual(['liquidity', 'flags'])
    expect(figures({ chain: 'beta' }).length).toBe(9)
  })

  it('finds a market that is left out, and one that should be gone', () => {
    expect(markets().length).toBeGreaterThan(15)
    expect(markets(market, { ...market, token: usdc })).toEqual([`${usdc} dropped`])
  })
})
