import { type Address, maxUint256, parseEventLogs } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aaveV3ScaledTokenAbi } from '../../abis/aave-v3/scaledToken'
import { assets, etherCategory } from '../../devnet/assets'
import { contractCall } from '../../devnet/chain/contractCall'
import { readContract } from '../../devnet/chain/readContract'
import type { Call } from '../../devnet/chain/types'
import { loadArtifacts } from '../../devnet/compile/loadArtifacts'
import type { AaveMarket } from '../../devnet/deploy/types'
import { approve } from '../../devnet/operations/approve'
import { borrow } from '../../devnet/operations/borrow'
import { listReserve } from '../../devnet/operations/listReserve'
import { mintTokens } from '../../devnet/operations/mintTokens'
import { repay } from '../../devnet/operations/repay'
import { reserveOf } from '../../devnet/operations/reserveOf'
import { setCollateral } from '../../devnet/operations/setCollateral'
import { setEMode } from '../../devnet/operations/setEMode'
import { submitPrices } from '../../devnet/operations/submitPrices'
import { supply } from '../../devnet/operations/supply'
import { withdraw } from '../../devnet/operations/withdraw'
import { deriveActor } from '../../devnet/seed/actors'
import { isPledged } from '../../simulator/actions/look'
import { checkBlock } from '../../simulator/check/checkBlock'
import { fetchJson } from '../../simulator/check/fetchJson'
import type { CollateralBody, MarketsBody } from '../../simulator/check/wire'
import { readTruth } from '../../simulator/truth/readTruth'
import type { ChainTruth } from '../../simulator/truth/types'
import type { SimulatedContracts } from '../../simulator/types'
import { type Stack, startStack } from '../src/api/support/startStack'

const ether = 10n ** 18n
const usdc = 10n ** 6n
const bitcoin = 10n ** 8n
const day = 86_400
const name = 'alpha'

const roles = [
  'lender',
  'giver',
  'receiver',
  'debtor',
  'second debtor',
  'liquidator',
  'passer',
  'staker',
  'giant',
  'twin',
] as const
type Role = (typeof roles)[number]
const account = (role: Role) => deriveActor(1, `regression ${role}`).address

describe.each(['3.6', '3.0'] as const)('Aave v%s', { timeout: 60_000 }, (version) => {
  let stack: Stack
  let market: AaveMarket
  const chain = () => stack.devnet.chain(name)

  beforeAll(async () => {
    stack = await startStack({ chains: 1, content: 'market', aave: { [name]: version }, stayInPast: true })
    market = chain().contracts.aave!
    await mine(
      ...funded('lender', 'USDC', 5_000_000n * usdc),
      ...funded('lender', 'WETH', 2_000n * ether),
      ...funded('lender', 'WBTC', 100n * bitcoin),
      supply(market, { account: account('lender'), asset: 'USDC', amount: 4_000_000n * usdc }),
      supply(market, { account: account('lender'), asset: 'WETH', amount: 1_500n * ether }),
      supply(market, { account: account('lender'), asset: 'WBTC', amount: 60n * bitcoin }),
    )
  })
  afterAll(() => stack?.stop())

  async function mineAt(timestamp: number | undefined, calls: readonly Call[]) {
    for (const call of calls) await chain().send(call)
    return chain().mine(timestamp === undefined ? {} : { timestamp })
  }
  const mine = (...calls: readonly Call[]) => mineAt(undefined, calls)
  const wait = async (seconds: number) => mineAt((await chain().timestamp()) + seconds, [])

  const funded = (role: Role, asset: string, amount: bigint) => {
    const token = reserveOf(market, asset).underlying
    return [mintTokens(token, account(role), amount), approve(token, account(role), market.pool.address)]
  }
  const supplies = (role: Role, asset: string, amount: bigint) => [
    ...funded(role, asset, amount),
    supply(market, { account: account(role), asset, amount }),
  ]

  async function setPrice(WETH: bigint) {
    await submitPrices(chain(), chain().contracts.feeds, stack.devnet.owner.address, { WETH })
    await mine()
  }

  /** Every figure of everybody here, over HTTP, equals the contracts' views at the newest block; returns what those say. */
  async function expectExact(): Promise<ChainTruth> {
    const { number, hash, timestamp } = await chain().client.getBlock()
    const contracts = { ...chain().contracts, aave: market } as SimulatedContracts
    const block = { number, hash, timestamp: Number(timestamp) }
    const truth = await readTruth(chain(), contracts, roles.map(account), block)
    const newest = { blockNumber: number, blockHash: hash }
    const { checks, drifts } = await checkBlock(stack.server.url, truth, newest, contracts)
    expect(drifts).toEqual([])
    expect(checks).toBeGreaterThan(roles.length * 10)
    return truth
  }
  const answerFor = async (role: Role) => {
    const block = await chain().client.getBlockNumber()
    const path = `/v1/accounts/${account(role)}/collateral?finality=latest&at=${name}:${block}`
    const { lendingUnits, collateral } = await fetchJson<CollateralBody>(stack.server.url, path)
    const unit = lendingUnits.find((row) => row.chain === name && row.protocol === 'aave-v3')
    return { unit, rows: collateral.filter((row) => row.chain === name && row.protocol === 'aave-v3') }
  }
  const treasuryOf = async (asset: Address) => {
    const block = await chain().client.getBlockNumber()
    const { markets } = await fetchJson<MarketsBody>(
      stack.server.url,
      `/v1/markets?finality=latest&at=${name}:${block}`,
    )
    return markets.find(({ protocol, token }) => protocol === 'aave-v3' && token === asset.toLowerCase())!
      .accruedToTreasury
  }
  const heldBy = (truth: ChainTruth, role: Role) =>
    truth.accounts.find((candidate) => candidate.account === account(role))!

  it('regression 1: adds no interest to a balance that a Mint event contains it in', async () => {
    await mine(...supplies('debtor', 'WETH', 100n * ether))
    await mine(borrow(market, { account: account('debtor'), asset: 'USDC', amount: 100_000n * usdc }))
    await mine(...supplies('giver', 'USDC', 10_000n * usdc))
    await wait(20 * day)
    const { receipts } = await mine(...supplies('giver', 'USDC', usdc))
    const minted = parseEventLogs({
      abi: aaveV3ScaledTokenAbi,
      eventName: 'Mint',
      logs: receipts.flatMap(({ logs }) => logs) as never,
    })
    expect(minted.map(({ args }) => args.value > usdc && args.value - args.balanceIncrease <= usdc)).toEqual([true])
    await expectExact()
  })

  it('regression 2: credits a supply on behalf of somebody to that account, not to who paid', async () => {
    await mine(
      ...funded('giver', 'WBTC', bitcoin),
      supply(market, { account: account('giver'), asset: 'WBTC', amount: bitcoin, onBehalfOf: account('receiver') }),
    )
    await expectExact()
    const asset = reserveOf(market, 'WBTC').underlying.address.toLowerCase()
    expect((await answerFor('giver')).rows.filter(({ token }) => token === asset)).toEqual([])
    expect((await answerFor('receiver')).rows.filter(({ token }) => token === asset)).toHaveLength(1)
  })

  it('regression 6: counts no collateral that its owner has switched off', async () => {
    const before = await answerFor('receiver')
    expect(BigInt(before.unit!.collateralBaseRaw!)).toBeGreaterThan(0n)
    await mine(setCollateral(market, account('receiver'), 'WBTC', false))
    await expectExact()
    const after = await answerFor('receiver')
    expect(after.unit!.collateralBaseRaw).toBe('0')
    expect(after.rows.map(({ side }) => side)).toEqual(['supply'])
  })

  it('regression 9: lets health fall with every second of interest, though no event says so', async () => {
    const before = await answerFor('debtor')
    await wait(30 * day)
    await expectExact()
    const after = await answerFor('debtor')
    expect(BigInt(after.unit!.healthFactorRaw!)).toBeLessThan(BigInt(before.unit!.healthFactorRaw!))
    expect(BigInt(after.unit!.debtBaseRaw!)).toBeGreaterThan(BigInt(before.unit!.debtBaseRaw!))
  })

  it('regression 11: takes collateral flags from their own events, of which an aToken transfer has one in 3.0 and none in 3.6', async () => {
    await mine(...supplies('passer', 'WETH', 3n * ether))
    const { aToken } = reserveOf(market, 'WETH')
    await mine(contractCall(account('passer'), aToken, 'transfer', [account('receiver'), ether]))
    const truth = await expectExact()
    const reserve = truth.reserves.find(({ aToken: { address } }) => address === aToken.address)!
    expect(isPledged(heldBy(truth, 'receiver'), reserve)).toBe(version === '3.0')
  })

  it('regression 23: has a health factor before, in and after e-mode, as the pool has', async () => {
    await mine(...supplies('staker', 'wstETH', 10n * ether))
    await mine(borrow(market, { account: account('staker'), asset: 'WETH', amount: 8n * ether }))
    await expectExact()
    const outside = BigInt((await answerFor('staker')).unit!.healthFactorRaw!)
    await mine(setEMode(market, account('staker'), etherCategory.id))
    await expectExact()
    const inside = BigInt((await answerFor('staker')).unit!.healthFactorRaw!)
    const growth = Number(inside) / Number(outside)
    expect(growth).toBeCloseTo(
      etherCategory.liquidationThreshold / Number(assets.wstETH.reserve.liquidationThreshold),
      4,
    )
    await mine(setEMode(market, account('staker'), 0))
    await expectExact()
    expect(BigInt((await answerFor('staker')).unit!.healthFactorRaw!)).toBeGreaterThan(0n)
  })

  it('regression 25: has no health factor without debt: null, neither 0 nor the largest number', async () => {
    const truth = await expectExact()
    expect(heldBy(truth, 'lender').healthFactor).toBe(maxUint256)
    expect((await answerFor('lender')).unit!.healthFactorRaw).toBeNull()
  })

  it.each([
    ['USDC', 6, 250_001n * usdc, 10_001n * usdc],
    ['WBTC', 8, 3n * bitcoin + 1n, 12_345_677n],
    ['WETH', 18, 70n * ether + 1n, 3n * ether + 7n],
  ])('is exact in a reserve with decimals: %s, %i of them', async (asset, decimals, supplied, borrowed) => {
    expect(assets[asset as keyof typeof assets].decimals).toBe(decimals)
    await mine(...supplies('second debtor', asset, supplied))
    await mine(borrow(market, { account: account('second debtor'), asset, amount: borrowed }))
    await wait(4 * day + 1)
    await mine(
      repay(market, { account: account('second debtor'), asset, amount: borrowed / 3n }),
      withdraw(market, { account: account('second debtor'), asset, amount: supplied / 7n }),
    )
    await expectExact()
  })

  it('is exact with amounts near the largest a token can hold, 2^128 in 3.0 and 2^120 in 3.6', async () => {
    const artifacts = await loadArtifacts(() => {})
    const contracts = { ...chain().contracts, aave: market }
    const decimals = version === '3.0' ? 30 : 28
    const listed = await listReserve(chain(), artifacts, stack.devnet.owner.address, contracts, {
      ...{
        symbol: 'HUGE',
        decimals,
        price: 301_234n,
        parameters: { ...assets.WETH.reserve, supplyCap: 0n, borrowCap: 0n },
      },
    })
    market = listed.market
    const largest = version === '3.0' ? 2n ** 128n - 1n : 2n ** 120n - 1n
    await mine(...supplies('giant', 'HUGE', (largest / 10n) * 9n))
    await mine(borrow(market, { account: account('giant'), asset: 'HUGE', amount: largest / 3n }))
    await wait(9 * day)
    const { aToken } = reserveOf(market, 'HUGE')
    await mine(contractCall(account('giant'), aToken, 'transfer', [account('passer'), largest / 11n]))
    const truth = await expectExact()
    const index = truth.reserves.findIndex(({ aToken: { address } }) => address === aToken.address)
    expect(heldBy(truth, 'giant').holdings[index]!.scaledSupply).toBeGreaterThan(largest / 2n)
  })

  it('is exact for an account that enters and leaves in one block', async () => {
    const passer: Address = account('passer')
    await mine(
      ...supplies('passer', 'USDC', 5_000n * usdc),
      borrow(market, { account: passer, asset: 'WBTC', amount: 1_000n }),
      ...funded('passer', 'WBTC', 2_000n),
      repay(market, { account: passer, asset: 'WBTC' }),
      withdraw(market, { account: passer, asset: 'USDC' }),
    )
    const truth = await expectExact()
    expect(heldBy(truth, 'passer').debtBase).toBe(0n)
    const asset = reserveOf(market, 'USDC').underlying.address.toLowerCase()
    expect((await answerFor('passer')).rows.filter(({ token }) => token === asset)).toEqual([])
  })

  it('is exact for an account with 0 left after interest: no row, no flag, no debt', async () => {
    const staker = account('staker')
    await wait(3 * day)
    await mine(...funded('staker', 'WETH', 10n * ether), repay(market, { account: staker, asset: 'WETH' }))
    await mine(withdraw(market, { account: staker, asset: 'wstETH' }))
    const truth = await expectExact()
    const { configuration, holdings } = heldBy(truth, 'staker')
    expect(configuration).toBe(0n)
    expect(holdings.every(({ scaledSupply, scaledDebt }) => scaledSupply + scaledDebt === 0n)).toBe(true)
    expect((await answerFor('staker')).rows).toEqual([])
  })

  it('does not claim to know the treasury’s share after a debt was liquidated in the asset of its collateral', async () => {
    const twin = account('twin')
    const weth = reserveOf(market, 'WETH').underlying.address
    await mine(...supplies('twin', 'WETH', 10n * ether))
    await mine(
      borrow(market, { account: twin, asset: 'WETH', amount: ether }),
      borrow(market, { account: twin, asset: 'USDC', amount: 20_000n * usdc }),
    )
    await wait(day)
    const price = await readContract<bigint>(chain(), market.oracle, 'getAssetPrice', [weth])
    await setPrice((price * 80n) / 100n)
    await mine(
      ...funded('liquidator', 'WETH', 2n * ether),
      contractCall(account('liquidator'), market.pool, 'liquidationCall', [weth, weth, twin, maxUint256, false]),
    )
    await setPrice(price)
    await expectExact()
    expect(await treasuryOf(weth)).toBeNull()
    const { owner } = stack.devnet
    await mine(contractCall(owner.address, market.pool, 'mintToTreasury', [[weth]]))
    await wait(day)
    await mine(...supplies('twin', 'WETH', ether))
    const truth = await expectExact()
    const { accruedToTreasury } = truth.reserves.find(({ asset }) => asset === weth)!
    expect(await treasuryOf(weth)).toBe(version === '3.6' ? String(accruedToTreasury) : null)
  })

  it.each([
    ['the underlying', false],
    ['aTokens', true],
  ])('regression 5: follows a liquidation for %s', async (_, receiveAToken) => {
    const debtor = account('debtor')
    const { underlying: debtToken } = reserveOf(market, 'USDC')
    const { underlying: pledged } = reserveOf(market, 'WETH')
    const before = await answerFor('debtor')
    const debt = BigInt(before.unit!.debtBaseRaw!)
    // The price at which the debt is 0.94 of its threshold: liquidatable, and whole.
    const healthFactor = Number(before.unit!.healthFactorRaw!) / 1e18
    const price = await readContract<bigint>(chain(), market.oracle, 'getAssetPrice', [pledged.address])
    const crashed = BigInt(Math.floor((Number(price) * 0.94) / healthFactor))
    await setPrice(crashed)
    await mine(
      ...funded('liquidator', 'USDC', 200_000n * usdc),
      contractCall(account('liquidator'), market.pool, 'liquidationCall', [
        ...[pledged.address, debtToken.address, debtor, 20_000n * usdc, receiveAToken],
      ]),
    )
    await expectExact()
    const after = await answerFor('debtor')
    expect(BigInt(after.unit!.debtBaseRaw!)).toBeLessThan(debt)
    expect((await answerFor('liquidator')).rows.length).toBe(receiveAToken ? 1 : 0)
    await setPrice(price)
    await expectExact()
  })
})
