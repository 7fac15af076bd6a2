import { pino } from 'pino'
import {
  type Address,
  createPublicClient,
  custom,
  encodeFunctionData,
  erc20Abi,
  HttpRequestError,
  http,
  parseAbi,
} from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aaveV3PoolAbi } from '../../abis/aave-v3/pool'
import { keepChainStart } from '../../cli/supervisor/deployments'
import { startBlockOf } from '../../cli/supervisor/startBlockOf'
import { contractCall } from '../../devnet/chain/contractCall'
import { rpc } from '../../devnet/chain/rpc'
import { type HydrateOptions, hydrateChain } from '../../hydration/hydrateChain'
import { forgetRead } from '../../hydration/hydrationStore'
import { startHydration } from '../../hydration/startHydration'
import { createServer } from '../../src/api/createServer'
import { noteAccounts } from '../../src/api/read/noteAccounts'
import { countingProxy } from '../support/countingProxy'
import { until } from '../support/until'
import { startTwoIndexes, type TwoIndexes } from './support/twoIndexes'

/** `TIP_OPERATIONS=300 npx vitest run test/hydration` is the long version: every kind of operation there is. */
const operations = Number(process.env.TIP_OPERATIONS ?? 24)
const isLong = operations >= 300
const short = [
  ...['transfer aToken', 'liquidate for the underlying', 'enter or leave e-mode', 'supply', 'borrow', 'price crash'],
  ...['transfer vault shares', 'Morpho supply', 'Morpho borrow', 'Comet transfer', 'Comet supply collateral'],
  ...['request a redemption', 'transfer staked ether', 'MetaMorpho reallocate'],
]
const timeout = isLong ? 1_200_000 : 120_000

const events = parseAbi([
  'event UserEModeSet(address indexed user, uint8 categoryId)',
  'event LiquidationCall(address indexed collateralAsset, address indexed debtAsset, address indexed user, uint256 debtToCover, uint256 liquidatedCollateralAmount, address liquidator, bool receiveAToken)',
  'event BalanceTransfer(address indexed from, address indexed to, uint256 value, uint256 index)',
])

describe('an index that begins at the tip', () => {
  let test: TwoIndexes
  let calls = 0

  beforeAll(async () => {
    test = await startTwoIndexes({ seed: 1, operations, actions: isLong ? undefined : short })
    const head = await test.chain.client.getBlockNumber()
    await Promise.all([test.full.indexed(head), test.tip.indexed(head)])
  }, timeout)

  afterAll(() => test?.stop())

  function options(accounts?: readonly Address[], signal?: AbortSignal): HydrateOptions {
    const { database, pool, chain } = test
    const request = (question: { method: string; params?: unknown }) => {
      calls += 1
      return chain.client.request(question as never)
    }
    const client = createPublicClient({ transport: custom({ request }) })
    return { database, pool, client, chain: chain.name, chainId: chain.chainId, accounts, signal }
  }
  const asText = (reading: Awaited<ReturnType<TwoIndexes['read']>>) =>
    JSON.parse(
      JSON.stringify([reading.claims, reading.units], (key, value) =>
        typeof value === 'bigint' ? String(value) : key === 'ageSeconds' ? undefined : value,
      ),
    )
  const compare = async (block: bigint, accounts?: readonly Address[]) => {
    const [full, tip] = await Promise.all([test.read(test.full, block, accounts), test.read(test.tip, block, accounts)])
    expect(asText(tip), `block ${block}`).toEqual(asText(full))
    expect(tip.missing, `block ${block}`).toEqual(full.missing)
    return full.claims.length
  }

  /** Lets the first of the accounts that can enter or leave an e-mode, whatever else it has done before the index began. */
  const changeMode = async (accounts: readonly Address[]) => {
    const { chain } = test
    const { pool } = chain.contracts.aave!
    for (const account of accounts) {
      const read = { address: pool.address, abi: aaveV3PoolAbi, functionName: 'getUserEMode', args: [account] } as const
      const category = (await chain.client.readContract(read)) === 0n ? 1 : 0
      await chain.send(contractCall(account, pool, 'setUserEMode', [category]))
      const { receipts } = await chain.mine({ allowReverts: true })
      if (receipts.at(-1)?.succeeded) return
    }
  }

  it('says of whom it does not know what stood before', async () => {
    const head = await test.chain.client.getBlockNumber()
    const { missing } = await test.read(test.tip, head, test.accounts.slice(0, 1))
    expect(missing.filter(({ reasonCode }) => reasonCode === 'NOT_HYDRATED').length).toBeGreaterThan(10)
    const full = await test.read(test.full, head)
    expect(full.missing.filter(({ reasonCode }) => reasonCode === 'NOT_HYDRATED')).toEqual([])
  })

  it('reads half of the accounts once, goes on after it was stopped, and never asks again', async () => {
    const half = test.accounts.slice(0, test.accounts.length / 2)
    await noteAccounts(test.pool, test.chain.chainId, half)
    const stopping = new AbortController()
    stopping.abort()
    expect(await hydrateChain(options(half, stopping.signal))).toEqual({ hydrated: 0, failed: 0, calls: 0 })
    const outcome = await hydrateChain(options(half))
    expect(outcome).toMatchObject({ hydrated: half.length, failed: 0 })
    expect(outcome.calls).toBe(calls)
    expect(calls / half.length).toBeLessThanOrEqual(3)
    expect(await hydrateChain(options(half))).toEqual({ hydrated: 0, failed: 0, calls: 0 })
    expect(calls).toBe(outcome.calls)
    await compare(await test.chain.client.getBlockNumber(), half)
  })

  it('begins where it was first said to, whatever the newest final block is by then', async () => {
    const { pool, chain } = test
    const { hash } = await chain.client.getBlock({ blockNumber: 0n })
    await keepChainStart(pool, chain.name, { chainId: chain.chainId, genesisHash: hash })
    const startOf = (startBlock: number | 'tip') =>
      startBlockOf(pool, chain.name, { startBlock }, chain.client as never)
    expect(await startOf('tip')).toBe(test.startBlock)
    await chain.mine()
    expect(Number((await chain.client.getBlock({ blockTag: 'finalized' })).number)).toBeGreaterThan(test.startBlock)
    expect(await startOf('tip')).toBe(test.startBlock)
    expect(await startOf(5)).toBe(5)
  })

  it('notes accounts over HTTP, reads them beside, and says so', async () => {
    const { config, databaseUrl, database, pool, chain, accounts } = test
    const account = accounts.at(-2)!
    const log = pino({ level: 'silent' })
    // Everybody asks the node through one that counts.
    const proxy = await countingProxy(config.chains[chain.name]!.rpc[0]!)
    const counted = { ...config, chains: { [chain.name]: { ...config.chains[chain.name]!, rpc: [proxy.url] } } }
    const server = await createServer({
      ...{ config: counted, databaseUrl, port: 0, host: '127.0.0.1', webDirectory: null, log },
    })
    const ask = async (path: string, body?: object) => {
      const headers = { 'content-type': 'application/json' }
      const init = body && { method: 'POST', headers, body: JSON.stringify(body) }
      const response = await fetch(`${server.url}${path}`, init)
      return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    }
    try {
      const codes = async () => {
        const { body } = await ask(`/v1/accounts/${account}/collateral?finality=latest`)
        return (body.missing as { reasonCode: string }[]).map(({ reasonCode }) => reasonCode)
      }
      expect(await codes()).toContain('NOT_HYDRATED')
      const list = { chain: chain.name, accounts: [account] }
      expect(await ask('/v1/hydration', list)).toEqual({
        status: 200,
        body: { chain: chain.name, needed: true, accounts: 1, hydrated: 0, pending: 1, failed: 0, failure: null },
      })
      expect(await codes()).toContain('NOT_HYDRATED')
      const client = createPublicClient({ transport: http(proxy.url) })
      const { chainId } = options()
      const hydration = startHydration({ chains: [{ chain: chain.name, chainId, client }], database, pool, log })
      try {
        const hydrated = () => ask('/v1/hydration', list)
        await until('the account to be hydrated', 30, hydrated, ({ body }) => body.hydrated === 1)
        expect(await codes()).not.toContain('NOT_HYDRATED')
        const asked = proxy.count('eth_call')
        expect(asked).toBeGreaterThan(0)
        expect(asked).toBeLessThanOrEqual(2)
        await noteAccounts(pool, chainId, [account])
        expect((await hydrateChain({ ...options([account]), client })).calls).toBe(0)
        await codes()
        expect(proxy.count('eth_call')).toBe(asked)
      } finally {
        await hydration.stop()
      }
      const { body } = await ask('/v1/hydration')
      expect(body).toMatchObject({ chains: { [chain.name]: { needed: true, pending: 0, failed: 0 } } })
      expect((await ask('/v1/hydration', { chain: 'nowhere', accounts: [account] })).body).toMatchObject({
        ...{ code: 'BAD_CHAIN', pointer: '/chain' },
      })
      const before = await ask(`/v1/accounts/${account}/collateral?at=${chain.name}:${test.startBlock - 1}`)
      expect(before).toMatchObject({ status: 422, body: { code: 'AT_NOT_INDEXED' } })
    } finally {
      await server.close()
      await proxy.close()
    }
  })

  it('knows several accounts first touched in one block, and none of them once that block is gone', async () => {
    const { chain, pool, accounts, full, tip } = test
    const strangers = accounts.slice(accounts.length / 2, -2)
    const markets = Object.values(chain.contracts.aave!.reserves).map(({ aToken: { address } }) =>
      Promise.all(
        strangers.map(async (account) => {
          const read = { address, abi: erc20Abi, functionName: 'balanceOf', args: [account] } as const
          return { account, aToken: address, holds: (await chain.client.readContract(read)) > 3_000n }
        }),
      ),
    )
    const holders = (await Promise.all(markets)).map((all) => all.filter(({ holds }) => holds))
    const most = holders.toSorted((a, b) => b.length - a.length)[0]!
    const [first, second, third] = most.map(({ account }) => account) as [Address, Address, Address]
    const { aToken } = holders.flat().find(({ account }) => account === first)!
    const transfer = (from: Address, to: Address, amount: bigint) =>
      chain.send({
        ...{ label: 'transfer', from, to: aToken },
        data: encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [to, amount] }),
      })
    const rowsAt = async (schema: string, block: bigint) => {
      const { rows } = await pool.query<{ account: string; raw: string }>(
        `SELECT DISTINCT ON (account, market, side) account, market, side, raw FROM (
           SELECT account, market, side, raw, block_number FROM ${schema}.position_history WHERE protocol = 'aave-v3'
           UNION ALL SELECT account, unit, 'flags', collateral_bitmap + emode, block_number
             FROM ${schema}.lending_account_history WHERE protocol = 'aave-v3'
         ) rows WHERE account = ANY($1) AND block_number <= $2 ORDER BY account, market, side, block_number DESC`,
        [[first, second, third], String(block)],
      )
      return rows.filter(({ raw }) => raw !== '0')
    }
    expect(await rowsAt(tip.schema, 2n ** 62n)).toEqual([])
    await transfer(first, second, 3_000n)
    await transfer(first, third, 2_000n)
    await transfer(second, third, 1_000n)
    const { number } = await chain.mine()
    await Promise.all([full.indexed(number), tip.indexed(number)])
    for (const block of [BigInt(test.startBlock), number - 1n, number]) {
      const known = await rowsAt(tip.schema, block)
      expect(new Set(known.map(({ account }) => account)).size).toBe(3)
      expect(known, `block ${block}`).toEqual(await rowsAt(full.schema, block))
    }
    await rpc(chain.client, 'anvil_rollback', [1])
    await chain.mine()
    await chain.mine()
    await until(
      'the block to be taken back',
      30,
      () => rowsAt(tip.schema, 2n ** 62n),
      (rows) => rows.length === 0,
    )
    await Promise.all([full.indexed(number + 1n), tip.indexed(number + 1n)])
    await compare(number + 1n, accounts.slice(0, accounts.length / 2))
  })

  it('is equal to one that began with the chain, to the wei, at every block from there on', { timeout }, async () => {
    const { walk, accounts, pool, chain } = test
    await changeMode(accounts.slice(accounts.length / 2, -2))
    const half = accounts.slice(0, accounts.length / 2)
    const blocks = [BigInt(test.startBlock), await chain.client.getBlockNumber()]
    while (walk.operations < operations || walk.shortfalls.size > 0) {
      if (walk.operations > 2 * operations) break
      await walk.step()
      blocks.push(walk.truth.blockNumber)
      // The other half is read when some of it has moved.
      if (blocks.length === 6) {
        await Promise.all([test.full.indexed(blocks.at(-1)!), test.tip.indexed(blocks.at(-1)!)])
        await compare(blocks.at(-1)!, half)
        await noteAccounts(pool, chain.chainId, accounts)
        expect((await hydrateChain(options())).failed).toBe(0)
      }
    }
    await Promise.all([test.full.indexed(blocks.at(-1)!), test.tip.indexed(blocks.at(-1)!)])
    if (isLong) expect(blocks.length).toBeGreaterThanOrEqual(50)
    let compared = 0
    for (const block of blocks) compared += await compare(block)
    expect(compared).toBeGreaterThan(blocks.length * 100)
    console.error(`${blocks.length} cuts after ${walk.operations} operations, ${compared} claims equal`)
  })

  it('knows whole whom a transfer, a liquidation or an e-mode touched first', async () => {
    const logs = await test.chain.client.getLogs({ events, fromBlock: BigInt(test.startBlock) })
    const { rows } = await test.pool.query<{ account: string; block: string }>(
      `SELECT account, min(block_number) AS block FROM (
         SELECT account, block_number FROM idx_alpha_tip.position_history WHERE protocol = 'aave-v3'
         UNION ALL SELECT account, block_number FROM idx_alpha_tip.lending_account_history WHERE protocol = 'aave-v3'
       ) rows WHERE block_number >= $1 GROUP BY account`,
      [test.startBlock],
    )
    const first = new Map(rows.map(({ account, block }) => [account, BigInt(block)]))
    const touchedFirst = (name: string) =>
      logs.filter(({ eventName, args, blockNumber }) => {
        const { user, from, to } = args as { user?: string; from?: string; to?: string }
        const named = [user, from, to].flatMap((account) => account?.toLowerCase() ?? [])
        return eventName === name && named.some((account) => first.get(account) === blockNumber)
      }).length
    expect(touchedFirst('BalanceTransfer')).toBeGreaterThan(0)
    expect(touchedFirst('LiquidationCall')).toBeGreaterThan(0)
    expect(touchedFirst('UserEModeSet')).toBeGreaterThan(0)
  })

  it('takes nothing from a block that has left the chain, and reads again what no longer stands', async () => {
    const { pool, chain, accounts } = test
    const head = await chain.client.getBlockNumber()
    const other = `0x${'e'.repeat(64)}`
    await pool.query('UPDATE offchain.hydration SET block_hash = $1 WHERE account = $2', [other, accounts[0]])
    const { missing } = await test.read(test.tip, head, accounts.slice(0, 1))
    expect(missing.some(({ reasonCode }) => reasonCode === 'NOT_HYDRATED')).toBe(true)
    expect(await hydrateChain(options())).toMatchObject({ hydrated: 1, failed: 0 })
    await compare(head)
    await forgetRead(pool, chain.chainId)
    expect((await test.read(test.tip, head)).missing.length).toBeGreaterThan(0)
    // No answer about one of them costs those that are asked about together with it, and what was read of the others is not read again.
    const request = async (question: { method: string; params?: unknown }) => {
      if (JSON.stringify(question.params).includes(accounts[0]!.slice(2))) throw new HttpRequestError({ url: 'node' })
      return chain.client.request(question as never)
    }
    const client = createPublicClient({ transport: custom({ request }, { retryCount: 0 }) })
    const broken = await hydrateChain({ ...options(accounts), client })
    expect(broken.hydrated).toBeGreaterThan(0)
    expect(broken.failed).toBe(accounts.length - broken.hydrated)
    expect(await hydrateChain(options(accounts))).toMatchObject({ hydrated: broken.failed, failed: 0 })
    await compare(head)
  })
})
