import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assets, etherCategory, type ReserveParameters } from '../../devnet/assets'
import { readContract } from '../../devnet/chain/readContract'
import type { Call } from '../../devnet/chain/types'
import { loadArtifacts } from '../../devnet/compile/loadArtifacts'
import type { AaveMarket } from '../../devnet/deploy/types'
import { accountData } from '../../devnet/operations/accountData'
import { approve } from '../../devnet/operations/approve'
import { borrow } from '../../devnet/operations/borrow'
import { depositToVault } from '../../devnet/operations/depositToVault'
import { listReserve } from '../../devnet/operations/listReserve'
import { mintTokens } from '../../devnet/operations/mintTokens'
import { reserveOf } from '../../devnet/operations/reserveOf'
import { setCollateral } from '../../devnet/operations/setCollateral'
import { setEMode } from '../../devnet/operations/setEMode'
import { supply } from '../../devnet/operations/supply'
import { tokenBalance } from '../../devnet/operations/tokenBalance'
import { deriveActor } from '../../devnet/seed/actors'
import { startDevnet } from '../../devnet/startDevnet'
import type { Devnet } from '../../devnet/types'

const ether = 10n ** 18n
const usdc = 10n ** 6n
/** Ten thousand dollars. */
const isolated = { ...assets.WBTC.reserve, debtCeiling: 1_000_000n }
const siloed = { ...assets.USDC.reserve, siloed: true }

describe('markets of both versions', () => {
  let devnet: Devnet
  let artifacts: Awaited<ReturnType<typeof loadArtifacts>>
  const account = (name: string) => deriveActor(1, name).address

  beforeAll(async () => {
    artifacts = await loadArtifacts(() => {})
    devnet = await startDevnet({ content: 'market', aave: { beta: '3.0' }, stataVaults: true, log: () => {} })
    for (const chain of devnet.chains) {
      const market = chain.contracts.aave!
      for (const [asset, amount] of [
        ['USDC', 5_000_000n * usdc],
        ['WETH', 1_000n * ether],
      ] as const) {
        await mine(chain.name, suppliesOf(market, account('lender'), asset, amount))
      }
    }
  })
  afterAll(() => devnet?.stop())

  async function mine(chainName: string, calls: readonly Call[]) {
    const chain = devnet.chain(chainName)
    for (const call of calls) await chain.send(call)
    return chain.mine()
  }

  const suppliesOf = (market: AaveMarket, from: `0x${string}`, asset: string, amount: bigint) => {
    const token = reserveOf(market, asset).underlying
    return [
      mintTokens(token, from, amount),
      approve(token, from, market.pool.address),
      supply(market, { account: from, asset, amount }),
    ]
  }

  it('runs the versions its configuration names', () => {
    const { chains } = devnet.config
    expect(chains?.alpha?.aaveV3?.[0]?.version).toBe('3.6')
    expect(chains?.beta?.aaveV3?.[0]?.version).toBe('3.0')
  })

  it('lends at a stable rate in v3.0', async () => {
    const chain = devnet.chain('beta')
    const market = chain.contracts.aave!
    const borrower = account('stable borrower')
    await mine('beta', suppliesOf(market, borrower, 'WETH', ether))
    await mine('beta', [borrow(market, { account: borrower, asset: 'USDC', amount: 500n * usdc, rateMode: 'stable' })])
    const debt = market.reserves.USDC.stableDebtToken!
    expect(await tokenBalance(chain, debt, borrower)).toBe(500n * usdc)
    await chain.mine({ timestamp: (await chain.timestamp()) + 30 * 86_400 })
    expect(await tokenBalance(chain, debt, borrower)).toBeGreaterThan(500n * usdc)
    expect(devnet.chain('alpha').contracts.aave!.reserves.USDC.stableDebtToken).toBeNull()
  })

  for (const name of ['alpha', 'beta']) {
    it(`raises the threshold in e-mode on ${name}`, async () => {
      const chain = devnet.chain(name)
      const market = chain.contracts.aave!
      const staker = account('staker')
      await mine(name, [
        ...suppliesOf(market, staker, 'wstETH', 10n * ether),
        setEMode(market, staker, etherCategory.id),
        borrow(market, { account: staker, asset: 'WETH', amount: 11n * ether }),
      ])
      const data = await accountData(chain, market, staker)
      expect(data.currentLiquidationThreshold).toBe(BigInt(etherCategory.liquidationThreshold))
    })

    it(`lists an isolated and a siloed reserve later on ${name}`, async () => {
      const chain = devnet.chain(name)
      const owner = devnet.owner.address
      const list = (aave: AaveMarket, symbol: string, decimals: number, parameters: ReserveParameters) =>
        listReserve(
          chain,
          artifacts,
          owner,
          { ...chain.contracts, aave },
          { symbol, decimals, price: 100_000_000n, parameters },
        )
      const first = await list(chain.contracts.aave!, 'ISO', 18, isolated)
      const { market } = await list(first.market, 'SILO', 6, siloed)

      const lone = account('isolated')
      await mine(name, suppliesOf(market, lone, 'ISO', 10_000n * ether))
      await mine(name, [setCollateral(market, lone, 'ISO', true)])
      await mine(name, [borrow(market, { account: lone, asset: 'USDC', amount: 2_000n * usdc })])
      expect((await accountData(chain, market, lone)).totalDebtBase).toBeGreaterThan(0n)
      const beyondIsolation = mine(name, [borrow(market, { account: lone, asset: 'WETH', amount: ether / 10n })])
      await expect(beyondIsolation).rejects.toThrow('borrow')
      const beyondCeiling = mine(name, [borrow(market, { account: lone, asset: 'USDC', amount: 8_100n * usdc })])
      await expect(beyondCeiling).rejects.toThrow('borrow')

      await mine(name, suppliesOf(market, account('lender'), 'SILO', 1_000_000n * usdc))
      const silo = account('silo')
      await mine(name, suppliesOf(market, silo, 'WETH', ether))
      await mine(name, [borrow(market, { account: silo, asset: 'SILO', amount: 500n * usdc })])
      const second = mine(name, [borrow(market, { account: silo, asset: 'USDC', amount: usdc })])
      await expect(second).rejects.toThrow('borrow')
    })
  }

  it("wraps aTokens in Aave's own vaults", async () => {
    const chain = devnet.chain('alpha')
    const vault = chain.contracts.vaults.stataUSDC!
    const token = chain.contracts.tokens.USDC
    const depositor = account('wrapper')
    await mine('alpha', [
      mintTokens(token, depositor, 1_000n * usdc),
      approve(token, depositor, vault.address),
      depositToVault(vault, depositor, 1_000n * usdc),
    ])
    const shares = await tokenBalance(chain, vault, depositor)
    const worth = await readContract<bigint>(chain, vault, 'convertToAssets', [shares])
    expect(worth).toBeGreaterThanOrEqual(1_000n * usdc - 2n)
    const { aToken } = chain.contracts.aave!.reserves.USDC
    expect(await tokenBalance(chain, aToken, vault.address)).toBeGreaterThanOrEqual(worth)
    expect(Object.keys(devnet.chain('beta').contracts.vaults)).toEqual(['usdcVault'])
  })
})
