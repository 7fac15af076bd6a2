import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChainFacts, MarketFact, PositionFact, Reference, VaultFact } from '../../../../../src/api/facts'
import { protocols } from '../../../../../src/api/protocols/registry'
import { readAccounts } from '../../../../../src/api/valuation/readAccounts'

const stamp = { blockNumber: '1' }
const account = `0x${'aa'.repeat(20)}`
const ray = 10n ** 27n

interface VaultTerms extends Partial<VaultFact> {
  readonly vault: string
  readonly asset: string
  readonly totalAssets?: bigint
  readonly totalSupply?: bigint
  readonly status?: string
  readonly view?: { readonly assets: bigint; readonly supply: bigint; readonly readAt: bigint }
}

function position(protocol: string, market: string, raw: bigint, owner = account, side = 'supply'): PositionFact {
  return { ...stamp, protocol, market, account: owner, side, raw: String(raw), rate: null, accruedAt: null }
}

const tokens = ['v1', 'v2', 'mm', 'usd', 'eth', 'ausd']

function factsOf(
  vaults: readonly VaultTerms[],
  positions: readonly PositionFact[],
  more: Partial<ChainFacts> = {},
): ChainFacts {
  return {
    tokens: tokens.map((address) => ({ ...stamp, address, symbol: address.toUpperCase(), decimals: 6 })),
    markets: [],
    marketStates: [],
    marketParameters: [],
    positions,
    lendingAccounts: [],
    vaults: vaults.map(
      ({ vault, asset, offset = 0, shape = 'standard', curator = null, market = null, asyncRedeem }) => ({
        ...stamp,
        vault,
        asset,
        offset,
        shape,
        curator,
        market,
        asyncRedeem: asyncRedeem ?? false,
      }),
    ),
    vaultStates: vaults.map(({ vault, totalAssets = 0n, totalSupply = 0n, status = 'ok', view }) => ({
      ...stamp,
      vault,
      totalAssets: String(totalAssets),
      totalSupply: String(totalSupply),
      status,
      lastTotalAssets: String(totalAssets),
      lostAssets: null,
      viewAssets: view === undefined ? null : String(view.assets),
      viewSupply: view === undefined ? null : String(view.supply),
      readAt: view === undefined ? null : String(view.readAt),
    })),
    feeds: [],
    prices: [],
    pools: [],
    poolStates: [],
    pastPoolStates: [],
    poolTicks: [],
    ...more,
  }
}

const nothing: Reference = { assets: {}, feeds: [] }
const read = (facts: ChainFacts, time = 0, reference = nothing) =>
  readAccounts({ reference, chains: { alpha: facts } }, [account], time)

const market = (protocol: string, name: string, columns: Partial<MarketFact>): MarketFact => ({
  ...stamp,
  protocol,
  market: name,
  kind: 'market',
  unit: name,
  token: null,
  receipt: null,
  debtToken: null,
  stableDebtToken: null,
  oracle: null,
  marketIndex: null,
  receiptRevision: null,
  debtRevision: null,
  label: null,
  receiptRounding: null,
  debtRounding: null,
  revision: null,
  baseUnit: null,
  collateralToken: null,
  rateModelKind: null,
  ...columns,
})

const state = (
  protocol: string,
  name: string,
  columns: {
    readonly supplyIndex: bigint
    readonly totalSupply?: bigint
    readonly borrowIndex?: bigint
    readonly liquidity?: bigint
  },
) => ({
  ...stamp,
  protocol,
  market: name,
  supplyIndex: String(columns.supplyIndex),
  borrowIndex: String(columns.borrowIndex ?? 0n),
  supplyRate: '0',
  borrowRate: '0',
  totalSupply: String(columns.totalSupply ?? 0n),
  totalBorrow: '0',
  liquidity: String(columns.liquidity ?? 0n),
  accruedAt: '0',
  accruedToTreasury: null,
  deficit: null,
  stableBorrow: null,
  stableRate: null,
  stableAccruedAt: null,
  rateAtTarget: null,
  rateReadAt: null,
})

const parameters = (protocol: string, name: string) => ({
  ...stamp,
  protocol,
  market: name,
  maxLtv: '860000000000000000',
  liquidationThreshold: '860000000000000000',
  liquidationIncentive: '0',
  supplyCap: '0',
  borrowCap: '0',
  flags: 'active',
  emode: 0,
  decimals: null,
  collateralBitmap: null,
  borrowableBitmap: null,
  ltvZeroBitmap: null,
  priceSource: null,
  reserveFactor: '0',
})

/** A MetaMorpho of two markets with 600 and 400 of its own in them; all but 100 of the first is borrowed. */
function lender(positions: readonly PositionFact[], vaults: readonly VaultTerms[] = []): ChainFacts {
  const shares = 10n ** 6n
  const states = [
    state('morpho-blue', 'm1', { supplyIndex: 600n, totalSupply: 600n * shares, borrowIndex: 500n }),
    state('morpho-blue', 'm2', { supplyIndex: 1_000n, totalSupply: 1_000n * shares }),
  ]
  return factsOf(
    [{ vault: 'mm', asset: 'usd', shape: 'metaMorpho', totalAssets: 1_000n, totalSupply: 1_000n }, ...vaults],
    positions,
    {
      markets: ['m1', 'm2'].map((name) =>
        market('morpho-blue', name, { token: 'usd', collateralToken: 'eth', rateModelKind: 'none' }),
      ),
      marketStates: states,
      marketParameters: ['m1', 'm2'].map((name) => parameters('morpho-blue', name)),
      vaultParameters: [
        {
          ...stamp,
          vault: 'mm',
          fee: '0',
          feeRecipient: null,
          owner: null,
          guardian: null,
          supplyQueue: ['m1'],
          withdrawQueue: ['m1', 'm2'],
          caps: {},
        },
      ],
      vaultPositions: [
        position('morpho-blue', 'm1', 600n * shares, 'mm'),
        position('morpho-blue', 'm2', 400n * shares, 'mm'),
      ],
    },
  )
}

describe('shares of vaults', () => {
  it('are followed through vaults inside vaults', () => {
    const { claims, missing } = read(
      factsOf(
        [
          { vault: 'v1', asset: 'v2', totalAssets: 1_000n, totalSupply: 1_000n },
          { vault: 'v2', asset: 'usd', totalAssets: 2_002n, totalSupply: 1_000n },
        ],
        [position('erc4626', 'v1', 100n)],
      ),
    )
    expect(missing).toEqual([])
    expect(claims).toMatchObject([
      {
        token: 'usd',
        shares: 100n,
        amount: (100n * 2_003n) / 1_001n,
        path: ['alpha', 'erc4626:V1', 'erc4626:V2', 'USD'],
      },
    ])
    expect(claims[0]).not.toHaveProperty('movable')
  })

  it('of a vault that holds itself are cut and reported (regression 16)', () => {
    const facts = factsOf(
      [
        { vault: 'v1', asset: 'v2', totalAssets: 5n, totalSupply: 5n },
        { vault: 'v2', asset: 'v1', totalAssets: 5n, totalSupply: 5n },
      ],
      [position('erc4626', 'v1', 5n)],
    )
    const { claims, missing } = read(facts)
    expect(claims).toEqual([])
    expect(missing).toMatchObject([
      { scope: 'vault', id: 'v1', reasonCode: 'DEPTH_EXCEEDED', detail: expect.stringContaining('looped') },
    ])
    // Also when nothing is left in them to follow.
    const empty = {
      ...facts,
      vaultStates: facts.vaultStates.map((row) => ({ ...row, totalSupply: '0', totalAssets: '0' })),
    }
    expect(read({ ...empty, vaults: empty.vaults.map((row) => ({ ...row, shape: 'solmate' })) }).claims).toEqual([])
  })

  it('are followed eight deep and no further', () => {
    const deep = (count: number) => {
      const name = (level: number) => (level === count ? 'usd' : `w${level}`)
      const vaults = Array.from({ length: count }, (_, level) => ({
        vault: name(level),
        asset: name(level + 1),
        totalAssets: 10n,
        totalSupply: 10n,
      }))
      const facts = factsOf(vaults, [position('erc4626', 'w0', 10n)])
      const named = vaults.map(({ vault }) => ({ ...stamp, address: vault, symbol: vault, decimals: 6 }))
      return read({ ...facts, tokens: [...facts.tokens, ...named] })
    }
    expect(deep(8).claims).toMatchObject([{ token: 'usd', amount: 10n }])
    expect(deep(9).claims).toEqual([])
    expect(deep(9).missing).toMatchObject([{ scope: 'vault', id: 'w8', reasonCode: 'DEPTH_EXCEEDED' }])
  })

  it('of a vault that cannot be valued are missing, not zero', () => {
    const reverted = { vault: 'v1', asset: 'usd', status: 'totalAssets() reverts' }
    expect(read(factsOf([reverted], [position('erc4626', 'v1', 5n)]))).toMatchObject({
      claims: [],
      missing: [{ id: 'v1', reasonCode: 'VAULT_REVERTED', detail: 'totalAssets() reverts' }],
    })
    const outer = { vault: 'v2', asset: 'v1', totalAssets: 5n, totalSupply: 5n }
    expect(read(factsOf([reverted, outer], [position('erc4626', 'v2', 5n)])).missing).toMatchObject([
      { id: 'v1', reasonCode: 'VAULT_REVERTED' },
    ])
  })

  it('of a vault that is read by interval say how old that is, and are not believed for ever', () => {
    const vault = { vault: 'v1', asset: 'usd', shape: 'other', status: 'interval' }
    const facts = factsOf(
      [{ ...vault, view: { assets: 300n, supply: 200n, readAt: 1_000n } }],
      [position('erc4626', 'v1', 50n)],
    )
    expect(read(facts, 1_060)).toMatchObject({ claims: [{ amount: 75n, ageSeconds: 60 }], missing: [] })
    expect(read(facts, 1_060).claims[0]).not.toHaveProperty('refused')
    expect(read(facts, 9_000)).toMatchObject({
      claims: [{ amount: 75n, refused: 'PRICE_STALE' }],
      missing: [{ scope: 'vault', id: 'v1', reasonCode: 'PRICE_STALE' }],
    })
    expect(read(factsOf([vault], [position('erc4626', 'v1', 50n)]), 9_000)).toMatchObject({
      claims: [],
      missing: [{ id: 'v1', reasonCode: 'READ_FAILED' }],
    })
  })

  it('that are redeemed by request have a value and give no credit, the requested ones too', () => {
    const vault = { vault: 'v1', asset: 'usd', totalAssets: 999n, totalSupply: 499n, asyncRedeem: true }
    const held = [position('erc4626', 'v1', 100n), position('erc7540', 'v1', 10n)]
    const { claims, missing } = read(factsOf([vault], held))
    expect(missing).toEqual([])
    expect(claims).toMatchObject([
      { protocol: 'erc4626', amount: 200n, movable: 0n, refused: 'REDEMPTION_QUEUED' },
      { protocol: 'erc7540', amount: 20n, movable: 0n, refused: 'REDEMPTION_QUEUED' },
    ])
  })

  it('are worth nothing where the vault has lost everything', () => {
    for (const shape of ['standard', 'solmate']) {
      const vault = { vault: 'v1', asset: 'usd', shape, totalAssets: 0n, totalSupply: 5n }
      expect(read(factsOf([vault], [position('erc4626', 'v1', 5n)])), shape).toMatchObject({
        claims: [{ token: 'usd', amount: 0n }],
        missing: [],
      })
    }
  })

  it('of a vault without any are nobody’s, whatever it has', () => {
    for (const shape of ['standard', 'solmate'])
      for (const totalAssets of [0n, 700n]) {
        const vault = { vault: 'v1', asset: 'usd', shape, totalAssets, totalSupply: 0n }
        const { claims, missing } = read(factsOf([vault], [position('erc4626', 'v1', 0n)]))
        expect(
          claims.filter(({ amount }) => amount !== 0n),
          shape,
        ).toEqual([])
        expect(missing, shape).toEqual([])
      }
  })
})

describe('shares of vaults that lend', () => {
  it('are a claim on the loans, and can leave as far as the markets can pay', () => {
    const { claims, missing } = read(lender([position('erc4626', 'mm', 800n)]))
    expect(missing).toEqual([])
    expect(claims).toMatchObject([
      { token: 'usd', amount: 800n, movable: 500n, path: ['alpha', 'erc4626:MM', 'morpho-blue', 'USD'] },
    ])
    expect(read(lender([position('erc4626', 'mm', 400n)])).claims[0]).not.toHaveProperty('movable')
  })

  it('can be forced out beyond what a vault pays, as far as the share pays the penalty', () => {
    const adapter = { address: 'a1', kind: 'positions', vault: null, lender: 'morpho' } as const
    const heldBy = (amount: bigint) => {
      const facts = lender(
        [position('erc4626', 'v2', amount)],
        [{ vault: 'v2', asset: 'usd', shape: 'vaultV2', totalAssets: 100n, totalSupply: 1_000n }],
      )
      const terms = { ...facts.vaultParameters![0]!, vault: 'v2', supplyQueue: [], withdrawQueue: [] }
      const penalties = { a1: String(10n ** 17n) }
      return {
        ...facts,
        vaultStates: facts.vaultStates.map((row) =>
          row.vault === 'v2' ? { ...row, lastTotalAssets: '1000', accruedAt: '0' } : row,
        ),
        vaultParameters: [{ ...terms, adapters: [adapter], penalties, liquidityAdapter: 'a1', liquidityMarket: 'm1' }],
        vaultAllocations: ['m1', 'm2'].map((market) => ({
          ...{ ...stamp, account: 'a1', market, assets: '1', shares: null },
        })),
        vaultPositions: [
          position('morpho-blue', 'm1', 500n * 10n ** 6n, 'a1'),
          position('morpho-blue', 'm2', 400n * 10n ** 6n, 'a1'),
        ],
      }
    }
    // 100 lie idle and m1 has 100; of m2's 400 each unit costs a tenth more.
    expect(read(heldBy(200n)).claims[0]).not.toHaveProperty('movable')
    expect(read(heldBy(310n)).claims).toMatchObject([{ amount: 310n, movable: 300n }])
    expect(read(heldBy(1_000n)).claims).toMatchObject([{ amount: 1_000n, movable: 600n }])
  })

  it('inside another vault are limited all the same', () => {
    const outer = { vault: 'v1', asset: 'mm', shape: 'solmate', totalAssets: 900n, totalSupply: 300n }
    expect(read(lender([position('erc4626', 'v1', 200n)], [outer])).claims).toMatchObject([
      {
        amount: 600n,
        movable: 500n,
        path: ['alpha', 'erc4626:V1', 'erc4626:MM', 'morpho-blue', 'USD'],
      },
    ])
  })

  it('cannot take out what the vault has lost and goes on counting', () => {
    const facts = lender([position('erc4626', 'mm', 500n)])
    const vaultStates = facts.vaultStates.map((row) => ({ ...row, lastTotalAssets: '1500', lostAssets: '0' }))
    // 1,000 are there of the 1,500 the vault speaks of.
    expect(read({ ...facts, vaultStates }).claims).toMatchObject([{ amount: 749n, movable: 499n }])
  })

  it('are missing while a market of the queue is not followed', () => {
    const facts = lender([position('erc4626', 'mm', 500n)])
    const marketStates = facts.marketStates.slice(1)
    expect(read({ ...facts, marketStates })).toMatchObject({
      claims: [],
      missing: [{ id: 'mm', reasonCode: 'READ_FAILED' }],
    })
  })
})

describe('receipts inside vaults', () => {
  const reserve = {
    markets: [
      market('aave-v3', 'pool:usd', { token: 'usd', receipt: 'ausd', receiptRounding: 'directed', unit: 'pool' }),
    ],
    marketStates: [state('aave-v3', 'pool:usd', { supplyIndex: 2n * ray, liquidity: 30n })],
    marketParameters: [parameters('aave-v3', 'pool:usd')],
  }

  it('grow by themselves, and leave as far as the pool can pay', () => {
    const vault = {
      vault: 'v1',
      asset: 'ausd',
      shape: 'solmate',
      market: 'pool:usd',
      totalAssets: 7n,
      totalSupply: 50n,
    }
    const facts = factsOf([vault], [position('erc4626', 'v1', 25n)], {
      ...reserve,
      vaultPositions: [position('aave-v3', 'pool:usd', 50n, 'v1')],
    })
    expect(read(facts).claims).toMatchObject([
      { token: 'usd', amount: 50n, movable: 30n, path: ['alpha', 'erc4626:V1', 'aave-v3', 'USD'] },
    ])
  })

  it('cannot leave a pool that is paused', () => {
    const wrapper = { vault: 'v1', asset: 'usd', shape: 'stata', market: 'pool:usd' }
    const paused = { ...reserve, marketParameters: [{ ...reserve.marketParameters[0]!, flags: 'active,paused' }] }
    const held = [position('erc4626', 'v1', 10n)]
    expect(read(factsOf([wrapper], held, reserve)).claims[0]).not.toHaveProperty('movable')
    expect(read(factsOf([wrapper], held, paused)).claims).toMatchObject([{ amount: 20n, movable: 0n }])
  })
})

describe('shares that are pledged', () => {
  const pledged = (reference: Reference, totalAssets = 300n, shape = 'solmate') => {
    const vault = { vault: 'v1', asset: 'usd', shape, totalAssets, totalSupply: 200n }
    const facts = factsOf([vault], [position('morpho-blue', 'm1', 50n, account, 'collateral')], {
      markets: [market('morpho-blue', 'm1', { token: 'eth', collateralToken: 'v1', rateModelKind: 'none' })],
      marketStates: [state('morpho-blue', 'm1', { supplyIndex: 0n })],
      marketParameters: [parameters('morpho-blue', 'm1')],
    })
    return read(facts, 0, reference).claims
  }

  it('stay what the market holds, and say what lies behind them', () => {
    expect(pledged(nothing)).toMatchObject([
      {
        token: 'v1',
        amount: 50n,
        leaf: { token: 'usd', amount: 75n },
        path: ['alpha', expect.any(String), 'V1', 'erc4626:V1', 'USD'],
      },
    ])
  })

  it('have nothing behind them where the vault has lost everything, and are there all the same', () => {
    for (const shape of ['standard', 'solmate'])
      expect(pledged(nothing, 0n, shape), shape).toMatchObject([
        { token: 'v1', amount: 50n, leaf: { token: 'usd', amount: 0n } },
      ])
  })

  it('are what they are configured to be where they are an asset of their own', () => {
    const asset = {
      class: 'vaultShare',
      riskGroup: 'USD',
      issuer: null,
      redeemsTo: null,
      tokens: { alpha: 'v1' },
      bridge: {},
    }
    expect(pledged({ assets: { V: asset }, feeds: [] })[0]).not.toHaveProperty('leaf')
  })
})

describe('value', () => {
  it('is conserved: all shares together are worth what the vault has, to the unit each holder loses by rounding', () => {
    const part = fc.bigInt({ min: 1n, max: 10n ** 12n })
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), part, part, (parts, assets, wrapped) => {
        const supply = parts.reduce((sum, each) => sum + each, 0n)
        const facts = factsOf(
          [
            { vault: 'v1', asset: 'v2', shape: 'solmate', totalAssets: wrapped, totalSupply: supply },
            { vault: 'v2', asset: 'usd', shape: 'solmate', totalAssets: assets, totalSupply: wrapped },
          ],
          parts.map((each, index) => position('erc4626', 'v1', each, `0x${index}`)),
        )
        const holders = parts.map((_, index) => `0x${index}`)
        const { claims } = readAccounts({ reference: nothing, chains: { alpha: facts } }, holders, 0)
        const total = claims.reduce((sum, { amount }) => sum + amount, 0n)
        expect(total <= assets && total > assets - BigInt(parts.length)).toBe(true)
      }),
    )
  })

  it('is read for every protocol there are facts of', () => {
    expect(Object.keys(protocols)).toEqual(expect.arrayContaining(['erc4626', 'erc7540']))
  })
})
