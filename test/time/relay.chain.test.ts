import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Call } from '../../devnet/chain/types'
import { approve } from '../../devnet/operations/approve'
import { borrow } from '../../devnet/operations/borrow'
import { mintTokens } from '../../devnet/operations/mintTokens'
import { supply } from '../../devnet/operations/supply'
import { withdraw } from '../../devnet/operations/withdraw'
import { seededRandom } from '../../devnet/random'
import type { DevnetChain } from '../../devnet/types'
import type { Question } from '../../src/api/answer'
import type { ChooseCut } from '../../src/api/read/chooseCut'
import { type Database, openDatabase } from '../../src/api/read/database'
import { createService, type Service } from '../../src/api/service'
import { type Stack, startStack } from '../src/api/support/startStack'
import { holdBack } from './support/holdBack'
import { Relay } from './support/Relay'
import { type Moment, Timeline } from './support/Timeline'

const seed = 11
/** `DRILL=full` asks as often as the project promises; every run asks enough to find what is broken. */
const isDrill = process.env.DRILL === 'full'
const samplesWanted = isDrill ? 1_000 : 500
const instantsPerChain = isDrill ? 200 : 24
const instantsAfterEvents = isDrill ? 200 : 12
const unit = 10n ** 8n
const million = 10n ** 12n

interface Body {
  readonly asOf: {
    readonly cut: string
    readonly chains: Readonly<Record<string, { readonly blockNumber: string; readonly blockHash: string }>>
  }
  readonly complete: boolean
  readonly missing: readonly unknown[]
  readonly collateral: readonly {
    readonly chain: string
    readonly protocol: string
    readonly token: string
    readonly amount: string
  }[]
  readonly lendingUnits: readonly {
    readonly chain: string
    readonly protocol: string
    readonly collateralBaseRaw: string
    readonly debtBaseRaw: string
    readonly healthFactorRaw: string | null
  }[]
}

/** What an answer said of the relayed asset. */
interface Sample {
  readonly cut: number
  readonly held: Readonly<Record<string, bigint>>
  readonly total: bigint
}

/** Each chain at its own newest block, as systems without a common instant read them. */
const withoutCut: ChooseCut = (heads) => ({
  time: Math.max(...heads.map(({ tip }) => tip!.timestamp)),
  included: heads.map(({ chain }) => chain),
  excluded: [],
})

describe('one instant across chains', () => {
  let stack: Stack
  let database: Database
  let relayer: `0x${string}`
  let user: `0x${string}`
  let provider: `0x${string}`
  let timelines: Readonly<Record<'alpha' | 'beta', Timeline>>
  let time: number
  const random = seededRandom(seed, 'walk')
  const names = ['alpha', 'beta'] as const
  const noDebt = 2n ** 256n - 1n

  const tokenOn = (name: string) => stack.devnet.chain(name).contracts.tokens.WBTC
  const service = (choose?: ChooseCut, clock?: () => number): Service =>
    createService({
      config: stack.config,
      database,
      rpc: { of: () => ({ reachable: false, head: null }) },
      ...(choose === undefined ? {} : { choose }),
      ...(clock === undefined ? {} : { clock }),
    })
  const questionAbout = (account: string): Question => ({
    kind: 'collateral',
    finality: 'latest',
    at: null,
    request: {
      addresses: [account.toLowerCase()],
      venue: null,
      model: 'portfolio',
      positions: [],
      marketData: null,
      parameters: 'house-1',
      cash: null,
      recourseDebt: null,
      accruedFunding: null,
    },
  })
  const sample = async (from: Service): Promise<Sample> => {
    const { body } = await from.ask(questionAbout(relayer), null)
    const { asOf, complete, missing, collateral } = body as unknown as Body
    expect(complete, JSON.stringify(missing)).toBe(true)
    const held = Object.fromEntries(
      names.map((name) => {
        const rows = collateral.filter(
          ({ chain, token }) => chain === name && token === tokenOn(name).address.toLowerCase(),
        )
        return [name, rows.reduce((sum, { amount }) => sum + BigInt(amount), 0n)]
      }),
    )
    return { cut: Date.parse(asOf.cut) / 1000, held, total: held.alpha! + held.beta! }
  }

  /** Something of the user's that moves its account on a chain, now and then. */
  const userCalls = (chain: DevnetChain): readonly Call[] => {
    const aave = chain.contracts.aave!
    const draw = random.next()
    const amount = BigInt(random.integer(1, 1_000_000))
    if (draw < 0.25) return [supply(aave, { account: user, asset: 'USDC', amount })]
    if (draw < 0.4) return [withdraw(aave, { account: user, asset: 'USDC', amount })]
    if (draw < 0.5) return [borrow(aave, { account: user, asset: 'WBTC', amount: 1n + amount / 1_000n })]
    return []
  }

  /** Blocks on one chain or both at the next instants, the relay and the user going about their business. */
  const walkUntil = async (isDone: () => boolean) => {
    const relay = new Relay(relayer, unit, seededRandom(seed, 'relay'))
    for (let step = 0; !isDone(); step++) {
      time += random.integer(1, 3)
      const which = random.integer(0, 3)
      for (const name of names.filter((_, index) => which > 1 || which === index)) {
        const { chain } = timelines[name]
        await timelines[name].mine(time, [...relay.step(name, tokenOn(name), step), ...userCalls(chain)])
      }
      await delay(30)
    }
  }

  beforeAll(async () => {
    stack = await startStack({
      seed,
      content: 'market',
      stayInPast: true,
      configure: (config) => ({
        ...config,
        // The walk makes its own time, and waits for whoever is held back.
        clock: 'chain',
        chains: Object.fromEntries(
          Object.entries(config.chains ?? {}).map(([name, chain]) => [name, { ...chain, maxLagSeconds: 1_000_000 }]),
        ),
      }),
    })
    database = openDatabase(stack.databaseUrl)
    const [, first, second, third] = stack.devnet.actors
    relayer = first!.address
    user = second!.address
    provider = third!.address
    const made = await Promise.all(
      names.map(async (name) => {
        const chain = stack.devnet.chain(name)
        const { tokens, aave } = chain.contracts
        const timeline = new Timeline(chain, { token: tokens.WBTC, relayer, user })
        const pool = aave!.pool.address
        const start = (await chain.timestamp()) + 1
        await timeline.mine(start, [
          mintTokens(tokens.USDC, user, million),
          mintTokens(tokens.WBTC, provider, 1_000n * unit),
          approve(tokens.USDC, user, pool),
          approve(tokens.WBTC, provider, pool),
          ...(name === 'alpha' ? [mintTokens(tokens.WBTC, relayer, unit)] : []),
        ])
        await timeline.mine(start + 1, [
          supply(aave!, { account: provider, asset: 'WBTC', amount: 1_000n * unit }),
          supply(aave!, { account: user, asset: 'USDC', amount: million / 2n }),
        ])
        return timeline
      }),
    )
    timelines = { alpha: made[0]!, beta: made[1]! }
    time = Math.max(...made.map(({ head }) => head.timestamp)) + 1
    for (const name of names) await timelines[name].mine(time)
    await stack.indexed()
  }, 240_000)

  afterAll(async () => {
    await database?.close()
    await stack?.stop()
  })

  it('counts a relayed asset never twice, and misses it only while it is in flight; without the cut it does not', async () => {
    const [common, apart] = [service(), service(withoutCut)]
    const samples: Sample[] = []
    const samplesWithoutCut: Sample[] = []
    const stopping = new AbortController()
    const held = holdBack(
      () => names.map((name) => stack.indexerPid(name)),
      seededRandom(seed, 'hold'),
      stopping.signal,
    )
    // Whether anything would be found without the cut must not hang on how busy the machine is.
    const hasEnough = () =>
      samples.length >= samplesWanted &&
      (samplesWithoutCut.some(({ total }) => total > unit) || samples.length >= 4 * samplesWanted)
    const walk = walkUntil(() => hasEnough() || stopping.signal.aborted)
    try {
      while (!hasEnough()) {
        samples.push(await sample(common))
        if (samples.length % 2 === 0) samplesWithoutCut.push(await sample(apart))
      }
    } finally {
      stopping.abort()
      await Promise.all([walk, held])
    }
    let inFlight = 0
    for (const { cut, held, total } of samples) {
      const truth = Object.fromEntries(names.map((name) => [name, timelines[name].at(cut).relayed]))
      expect(total <= unit, `counted twice at ${cut}`).toBe(true)
      expect(held, `at ${cut}`).toEqual(truth)
      if (total === 0n) inFlight++
    }
    const cuts = new Set(samples.map(({ cut }) => cut)).size
    const doubled = samplesWithoutCut.filter(({ total }) => total > unit).length
    console.info(
      `${samples.length} answers at ${cuts} cuts: 0 counted twice, ${inFlight} in flight; without the cut ${doubled} counted twice; indexers held back ${await held} times`,
    )
    expect(cuts).toBeGreaterThan(60)
    expect(inFlight).toBeGreaterThan(10)
    expect(doubled).toBeGreaterThan(0)
  }, 400_000)

  /** Asks about past instants over HTTP and compares with what view functions said when each block was the head. */
  const compareInstants = async (label: string, count: number) => {
    const draw = seededRandom(seed, label)
    let compared = 0
    for (const name of names) {
      const { moments } = timelines[name]
      const other = names.find((each) => each !== name)!
      const from = Math.max(moments[0]!.timestamp, timelines[other].moments[0]!.timestamp)
      const to = Math.min(timelines.alpha.head.timestamp, timelines.beta.head.timestamp)
      const usable = moments.filter(({ timestamp }) => timestamp >= from && timestamp <= to)
      for (let round = 0; round < count; round++) {
        const moment = draw.pick(usable)
        const instant = draw.next() < 0.5 ? moment.timestamp : draw.integer(from, to)
        const at = instant === moment.timestamp ? `${name}:${moment.number}` : isoTime(instant)
        const ask = async (account: string) => {
          const response = await stack.get(`/v1/accounts/${account}/collateral?finality=latest&at=${at}`)
          const text = await response.text()
          expect(response.status, text).toBe(200)
          return JSON.parse(text) as Body
        }
        const [ofRelayer, ofUser] = await Promise.all([ask(relayer), ask(user)])
        const here = timelines[name].at(instant)
        expect(ofRelayer.asOf.chains[name]).toMatchObject({ blockNumber: String(here.number), blockHash: here.hash })
        const rows = ofRelayer.collateral.filter(({ chain, protocol }) => chain === name && protocol === 'wallet')
        expect(
          rows.reduce((sum, { amount }) => sum + BigInt(amount), 0n),
          `${label} ${name} at ${at}`,
        ).toBe(here.relayed)
        if (here.timestamp === instant) {
          const unitOf = ofUser.lendingUnits.find(({ chain, protocol }) => chain === name && protocol === 'aave-v3')
          expect(
            [unitOf?.collateralBaseRaw ?? '0', unitOf?.debtBaseRaw ?? '0', unitOf?.healthFactorRaw ?? String(noDebt)],
            `${label} ${name} at ${at}`,
          ).toEqual(
            [here.account.totalCollateralBase, here.account.totalDebtBase, here.account.healthFactor].map(String),
          )
          compared++
        }
      }
    }
    return compared
  }

  it('answers past instants as view functions did, also after reorgs, restarts and a schema switch', async () => {
    await stack.indexed()
    const compared: Record<string, number> = { first: await compareInstants('first', instantsPerChain) }

    for (const name of names) {
      const before = timelines[name].head
      await timelines[name].rollBack(6)
      await walkBlocks(timelines[name], 8)
      expect(timelines[name].moments.every(({ hash }) => hash !== before.hash)).toBe(true)
    }
    await stack.indexed()
    compared.reorganised = await compareInstants('reorganised', instantsAfterEvents)

    process.kill(stack.indexerPid('alpha'), 'SIGKILL')
    await database.close()
    await stack.restart()
    database = openDatabase(stack.databaseUrl)
    compared.restarted = await compareInstants('restarted', instantsAfterEvents)

    const schemas = async () => {
      const { chains } = (await (await stack.get('/v1/status')).json()) as {
        chains: Record<string, { schema: string }>
      }
      return names.map((name) => chains[name]!.schema)
    }
    const before = await schemas()
    await database.close()
    await stack.restart(withAnotherToken)
    database = openDatabase(stack.databaseUrl)
    await expect.poll(schemas, { timeout: 120_000, interval: 500 }).not.toEqual(expect.arrayContaining([before[0]]))
    await expect.poll(schemas, { timeout: 120_000, interval: 500 }).not.toEqual(expect.arrayContaining([before[1]]))
    await stack.indexed()
    compared.switched = await compareInstants('switched', instantsAfterEvents)
    console.info(`lending units compared: ${JSON.stringify(compared)}`)
    expect(Math.min(...Object.values(compared))).toBeGreaterThan(instantsAfterEvents / 2)
  }, 900_000)

  it('gives the same bytes for a past instant from two processes’ services, and a day later', async () => {
    const now = Math.floor(Date.now() / 1000)
    // Old enough to be final on both chains.
    const { moments } = timelines.alpha
    const instant = moments[Math.floor(moments.length / 3)]!
    const at = { kind: 'block', chain: 'alpha', blockNumber: String(instant.number) } as const
    const wall = { ...stack.config, clock: 'system' } as const
    const answers: string[] = []
    for (const clock of [now, now + 86_400, time + 1, time + 86_400]) {
      for (const finality of ['latest', 'finalized', 'conservative'] as const) {
        const own = openDatabase(stack.databaseUrl)
        const rpc = { of: () => ({ reachable: false, head: null }) }
        const asked = createService({ config: wall, database: own, rpc, clock: () => clock })
        const question: Question = {
          ...questionAbout(user),
          kind: 'margin',
          finality,
          at: `alpha:${instant.number}`,
        }
        answers.push(`${finality} ${JSON.stringify(await asked.ask(question, at))}`)
        await own.close()
      }
    }
    expect(new Set(answers).size).toBe(3)
  })

  /** Blocks of a chain alone, with the user's doings. */
  const walkBlocks = async (timeline: Timeline, count: number) => {
    for (let block = 0; block < count; block++) {
      const last: Moment = timeline.head
      await timeline.mine(last.timestamp + random.integer(1, 3), userCalls(timeline.chain))
    }
  }

  function isoTime(seconds: number): string {
    return new Date(seconds * 1000).toISOString()
  }

  /** The user's configuration with one more contract to index: another identity, so another schema. */
  function withAnotherToken(config: Parameters<NonNullable<Parameters<typeof startStack>[0]['configure']>>[0]) {
    return {
      ...config,
      clock: 'chain' as const,
      chains: Object.fromEntries(
        Object.entries(config.chains ?? {}).map(([name, chain]) => [
          name,
          {
            ...chain,
            maxLagSeconds: 1_000_000,
            walletTokens: [
              ...(chain.walletTokens ?? []),
              { address: stack.devnet.chain(name).contracts.feedPayment.address, asset: 'USDC', rebasing: false },
            ],
          },
        ]),
      ),
    }
  }
})
