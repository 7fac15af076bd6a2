import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseConfig } from '../../config/load'
import { contractCall } from '../../devnet/chain/contractCall'
import { readContract } from '../../devnet/chain/readContract'
import { TransactionFailedError } from '../../devnet/chain/startLocalChain'
import { startMarket } from '../../devnet/market/startMarket'
import { accountData } from '../../devnet/operations/accountData'
import { tokenBalance } from '../../devnet/operations/tokenBalance'
import { startDevnet } from '../../devnet/startDevnet'
import type { Devnet, DevnetChain } from '../../devnet/types'
import { isRunning } from './isRunning'

const day = 86_400
const ray = 10n ** 27n
const quiet = () => {}

describe('a seeded devnet', () => {
  let devnet: Devnet
  let startedAt: number

  beforeAll(async () => {
    startedAt = Date.now() / 1000
    devnet = await startDevnet({ seed: 1, log: quiet })
  })
  afterAll(() => devnet?.stop())

  const each = (task: (chain: DevnetChain) => Promise<void>) => Promise.all(devnet.chains.map(task))
  const dataOf = (chain: DevnetChain) =>
    Promise.all(
      devnet.accounts
        .filter(({ chains }) => chains.includes(chain.name))
        .map(async (account) => ({
          ...account,
          ...(await accountData(chain, chain.contracts.aave!, account.address)),
        })),
    )

  it('has two chains that know their own ids', async () => {
    const ids = await Promise.all(devnet.chains.map(({ client }) => client.getChainId()))
    expect(ids).toEqual(devnet.chains.map(({ chainId }) => chainId))
    expect(new Set(ids).size).toBe(2)
  })

  it('began ninety days ago and has arrived at now', () =>
    each(async ({ client }) => {
      const genesis = await client.getBlock({ blockNumber: 0n })
      expect(Math.abs(startedAt - 90 * day - Number(genesis.timestamp))).toBeLessThan(300)
      const newest = Number((await client.getBlock()).timestamp)
      expect(newest).toBeLessThanOrEqual(Date.now() / 1000)
      expect(newest).toBeGreaterThan(startedAt - 5)
    }))

  it('never goes back in time', () =>
    each(async ({ client }) => {
      const height = Number(await client.getBlockNumber())
      const blocks = await Promise.all(
        Array.from({ length: height + 1 }, (_, number) => client.getBlock({ blockNumber: BigInt(number) })),
      )
      const stamps = blocks.map(({ timestamp }) => timestamp)
      expect(stamps.every((stamp, index) => index === 0 || stamp > stamps[index - 1]!)).toBe(true)
    }))

  it('has accounts of many shapes on both chains', () => {
    expect(devnet.accounts.length).toBeGreaterThanOrEqual(30)
    expect(new Set(devnet.accounts.map(({ shape }) => shape)).size).toBeGreaterThanOrEqual(12)
    expect(devnet.accounts.filter(({ chains }) => chains.length === 2).length).toBeGreaterThanOrEqual(10)
    expect(devnet.accounts.filter(({ chains }) => chains.length === 0).map(({ shape }) => shape)).toEqual(['nothing'])
  })

  it('has at least 25 different figures', async () => {
    const figures = (await Promise.all(devnet.chains.map(dataOf))).flat()
    const different = new Set(
      figures.map(({ totalCollateralBase, totalDebtBase }) => `${totalCollateralBase}-${totalDebtBase}`),
    )
    expect(different.size).toBeGreaterThanOrEqual(25)
  })

  it('has borrowers near liquidation, in e-mode, and with one free ether', async () => {
    const figures = (await Promise.all(devnet.chains.map(dataOf))).flat()
    const near = figures.filter(({ shape, totalDebtBase }) => shape === 'near-liquidation' && totalDebtBase > 0n)
    expect(near.length).toBeGreaterThanOrEqual(4)
    for (const { healthFactor } of near) {
      expect(Number(healthFactor) / 1e18).toBeGreaterThan(1.005)
      expect(Number(healthFactor) / 1e18).toBeLessThan(1.12)
    }
    const staker = figures.find(({ shape, totalDebtBase }) => shape === 'emode-staker' && totalDebtBase > 0n)
    expect(staker?.currentLiquidationThreshold).toBe(9550n)
    const free = devnet.accounts.find(({ shape }) => shape === 'free-ether')!
    const chain = devnet.chain(free.chains[0]!)
    const { aToken } = chain.contracts.aave!.reserves.WETH
    const held = await tokenBalance(chain, aToken, free.address)
    expect(held).toBeGreaterThan(10n ** 18n)
    expect(held).toBeLessThan((10n ** 18n * 101n) / 100n)
  })

  it('has accrued interest for more than thirty days since the last account came', () =>
    each(async (chain) => {
      const market = chain.contracts.aave!
      const usdc = market.reserves.USDC.underlying.address
      expect(await readContract<bigint>(chain, market.pool, 'getReserveNormalizedIncome', [usdc])).toBeGreaterThan(ray)
      const logs = await chain.client.getLogs({ address: market.pool.address, fromBlock: 0n, toBlock: 'latest' })
      const newest = await chain.client.getBlock()
      const blocks = await Promise.all(
        [...new Set(logs.map(({ blockNumber }) => blockNumber))].map((blockNumber) =>
          chain.client.getBlock({ blockNumber }),
        ),
      )
      const ages = blocks.map(({ timestamp }) => Number(newest.timestamp - timestamp) / day)
      expect(ages.filter((age) => age > 30).length).toBeGreaterThanOrEqual(20)
    }))

  it('has final state in which every account is seeded', () =>
    each(async (chain) => {
      const market = chain.contracts.aave!
      const { number } = await chain.client.getBlock({ blockTag: 'finalized' })
      for (const account of await dataOf(chain)) {
        const final = await accountData(chain, market, account.address, { blockNumber: number })
        expect(final.totalCollateralBase > 0n).toBe(account.totalCollateralBase > 0n)
        expect(final.totalDebtBase > 0n).toBe(account.totalDebtBase > 0n)
      }
    }))

  it('has a vault whose share is worth more than it cost', () =>
    each(async (chain) => {
      const vault = chain.contracts.vaults.usdcVault!
      const depositor = devnet.accounts.find(
        ({ shape, chains }) => shape === 'vault-depositor' && chains.includes(chain.name),
      )!
      const shares = await tokenBalance(chain, vault, depositor.address)
      expect(shares).toBeGreaterThan(0n)
      expect(await readContract<bigint>(chain, vault, 'convertToAssets', [10n ** 12n])).toBeGreaterThan(1_000_000n)
    }))

  it('prices Aave by the proxies its configuration names', () =>
    each(async (chain) => {
      const { aave, tokens, feeds } = chain.contracts
      for (const symbol of ['WETH', 'WBTC', 'USDC', 'wstETH'] as const) {
        const token = tokens[symbol].address
        const source = await readContract<string>(chain, aave!.oracle, 'getSourceOfAsset', [token])
        expect(source).toBe(feeds[symbol].proxy.address)
        const answer = await readContract<bigint>(chain, feeds[symbol].proxy, 'latestAnswer')
        expect(await readContract<bigint>(chain, aave!.oracle, 'getAssetPrice', [token])).toBe(answer)
      }
    }))

  it('answers several calls at once through its Multicall3', async () => {
    const { client, contracts } = devnet.chain('alpha')
    const tokens = Object.values(contracts.tokens)
    const decimals = await client.multicall({
      multicallAddress: contracts.multicall3.address,
      contracts: tokens.map(({ address, abi }) => ({ address, abi, functionName: 'decimals' })),
      allowFailure: false,
    })
    expect(decimals).toEqual([18, 8, 6, 18])
  })

  it('describes itself in a valid configuration', () => {
    const config = parseConfig(JSON.parse(JSON.stringify(devnet.config)), 'devnet')
    expect(Object.keys(config.chains)).toEqual(['alpha', 'beta'])
    expect(config.chains.alpha?.chainlink).toHaveLength(5)
  })

  it('names the call and the reason when a transaction reverts', async () => {
    const chain = devnet.chain('beta')
    const { USDC } = chain.contracts.tokens
    await chain.send(contractCall(devnet.actors[1]!.address, USDC, 'transfer', [USDC.address, 1n]))
    const failure = chain.mine()
    await expect(failure).rejects.toThrow(TransactionFailedError)
    await expect(failure).rejects.toThrow(/^transfer\(.*\) failed on chain beta: .*0xe450d38c/)
  })

  it('moves prices and users without leaving the present', async () => {
    const chain = devnet.chain('alpha')
    const from = await chain.client.getBlockNumber()
    const market = await startMarket(devnet, { blockSeconds: 0.2, pace: 3_000, log: quiet })
    await expect.poll(() => chain.client.getBlockNumber(), { timeout: 20_000 }).toBeGreaterThan(from + 6n)
    await market.stop()
    const newest = await chain.client.getBlock()
    expect(Number(newest.timestamp)).toBeLessThanOrEqual(Date.now() / 1000)
    const { aggregator } = chain.contracts.feeds.WETH
    const rounds = await chain.client.getLogs({ address: aggregator.address, fromBlock: from + 1n })
    expect(rounds.length).toBeGreaterThan(0)
    expect(await chain.client.getBlockNumber()).toBe(newest.number)
  })

  it('is the same again from the same seed, and another from another', async () => {
    const first = devnet.chain('alpha')
    const figures = async (other: Devnet) => {
      const chain = other.chain('alpha')
      const blockNumber = 100n
      const market = chain.contracts.aave!
      return Promise.all(other.accounts.map(({ address }) => accountData(chain, market, address, { blockNumber })))
    }
    for (const [seed, same] of [
      [1, true],
      [2, false],
    ] as const) {
      const again = await startDevnet({ seed, log: quiet })
      try {
        const equal = JSON.stringify(again.manifest) === JSON.stringify(devnet.manifest)
        expect(equal).toBe(same)
        if (same) expect(await figures(again)).toEqual(await figures(devnet))
        expect(again.chain('alpha').pid).not.toBe(first.pid)
      } finally {
        await again.stop()
      }
    }
  })

  it('leaves nothing running after stop', async () => {
    const pids = devnet.chains.map(({ pid }) => pid)
    expect(pids.every(isRunning)).toBe(true)
    await devnet.stop()
    expect(pids.some(isRunning)).toBe(false)
  })
})
