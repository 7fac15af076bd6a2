import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChainFacts } from '../../../../src/api/facts'
import { convertToAssets, readErc4626 } from '../../../../src/api/protocols/erc4626'

const stamp = { blockNumber: '1' }
const account = `0x${'aa'.repeat(20)}`
const facts = (
  vaults: readonly { vault: string; asset: string; totalAssets?: bigint; totalSupply?: bigint; status?: string }[],
  tokens: readonly string[],
  held: string,
  raw: bigint,
): ChainFacts => ({
  tokens: tokens.map((address) => ({ ...stamp, address, symbol: address.toUpperCase(), decimals: 6 })),
  markets: [],
  marketStates: [],
  marketParameters: [],
  positions: [
    {
      ...stamp,
      protocol: 'erc4626',
      market: held,
      account,
      side: 'supply',
      raw: String(raw),
      rate: null,
      accruedAt: null,
    },
  ],
  lendingAccounts: [],
  vaults: vaults.map(({ vault, asset }) => ({
    ...stamp,
    vault,
    asset,
    offset: 0,
    shape: 'standard',
    curator: null,
    market: null,
  })),
  vaultStates: vaults.map(({ vault, totalAssets = 0n, totalSupply = 0n, status = 'ok' }) => ({
    ...stamp,
    vault,
    totalAssets: String(totalAssets),
    totalSupply: String(totalSupply),
    status,
  })),
  feeds: [],
  prices: [],
  pools: [],
  poolStates: [],
  pastPoolStates: [],
  poolTicks: [],
})
const read = (chainFacts: ChainFacts) => readErc4626({ chain: 'alpha', facts: chainFacts, account, time: 0n })

describe('ERC-4626 shares', () => {
  it('convert as OpenZeppelin converts, virtual share and asset included', () => {
    const vault = { shape: 'standard', offset: 0 }
    expect(convertToAssets(vault, { totalAssets: '1100', totalSupply: '1000' }, 500n)).toBe((500n * 1101n) / 1001n)
    expect(convertToAssets({ ...vault, offset: 6 }, { totalAssets: '0', totalSupply: '0' }, 10n ** 6n)).toBe(1n)
  })

  it('never redeem for more than the vault has', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 30n })
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 0, max: 12 }), (totalAssets, totalSupply, offset) => {
        const state = { totalAssets: String(totalAssets), totalSupply: String(totalSupply) }
        expect(convertToAssets({ shape: 'standard', offset }, state, totalSupply)! <= totalAssets + 1n).toBe(true)
      }),
    )
  })

  it('are followed through vaults inside vaults', () => {
    const { claims, missing } = read(
      facts(
        [
          { vault: 'v1', asset: 'v2', totalAssets: 1_000n, totalSupply: 1_000n },
          { vault: 'v2', asset: 'usd', totalAssets: 2_002n, totalSupply: 1_000n },
        ],
        ['v1', 'v2', 'usd'],
        'v1',
        100n,
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
  })

  it('of a vault that holds itself are cut and reported (regression 16)', () => {
    const { claims, missing } = read(
      facts(
        [
          { vault: 'v1', asset: 'v2', totalAssets: 5n, totalSupply: 5n },
          { vault: 'v2', asset: 'v1', totalAssets: 5n, totalSupply: 5n },
        ],
        ['v1', 'v2'],
        'v1',
        5n,
      ),
    )
    expect(claims).toEqual([])
    expect(missing).toMatchObject([{ scope: 'vault', id: 'v1', reasonCode: 'DEPTH_EXCEEDED' }])
  })

  it('of a vault that cannot be valued are missing, not zero', () => {
    const { missing } = read(
      facts([{ vault: 'v1', asset: 'usd', status: 'totalAssets reverted' }], ['v1', 'usd'], 'v1', 5n),
    )
    expect(missing).toMatchObject([{ reasonCode: 'VAULT_REVERTED', detail: 'totalAssets reverted' }])
  })
})
