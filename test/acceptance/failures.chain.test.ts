import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '../../cli/projectRoot'
import { startDevnet } from '../../devnet/startDevnet'
import type { Devnet } from '../../devnet/types'
import { type ProductProcess, startProduct } from '../../simulator/product/startProduct'
import { type CuttableProxy, cuttableProxy } from '../support/cuttableProxy'
import { until } from '../support/until'

interface Row {
  readonly chain: string
  readonly credit: string
}
interface Figure {
  readonly complete: boolean
  readonly marginBalance: string
  readonly collateralCredit: string
  readonly missing: readonly { readonly chain: string; readonly reasonCode: string }[]
  readonly asOf: { readonly cut: string; readonly chains: Readonly<Record<string, { readonly blockNumber: string }>> }
  readonly collateral: readonly Row[]
  readonly lendingUnits: readonly Row[]
}

interface Status {
  readonly chains: Readonly<Record<string, { readonly lagSeconds: number | null }>>
}

const maxLagSeconds = 6

describe('when parts of the system are taken away', () => {
  let devnet: Devnet
  let product: ProductProcess
  let account: string
  const proxies = new Map<string, CuttableProxy>()

  const text = async (path: string) => {
    const response = await fetch(`${product.url}${path}`)
    expect(response.status, path).toBe(200)
    return response.text()
  }
  const figure = async (finality = 'latest'): Promise<Figure> =>
    JSON.parse(await text(`/v1/accounts/${account}/margin?finality=${finality}`))
  const status = async (): Promise<Status> => JSON.parse(await text('/v1/status'))
  const creditOn = (chain: string, { collateral, lendingUnits }: Figure) =>
    [...collateral, ...lendingUnits]
      .filter((row) => row.chain === chain)
      .reduce((sum, { credit }) => sum + Number(credit), 0)
  const isComplete = ({ complete, asOf }: Figure) => complete && Object.keys(asOf.chains).length === 2
  /** Both chains at their heads: on a busy machine an indexer may lie seconds behind, and a node taken away then takes its chain out of the cut. */
  const bothAtHead = () =>
    until('both chains at their heads', 60, status, ({ chains }) =>
      Object.values(chains).every(({ lagSeconds }) => lagSeconds !== null && lagSeconds <= maxLagSeconds / 3),
    )

  beforeAll(async () => {
    devnet = await startDevnet({ seed: 11, blockSeconds: 1, log: () => {} })
    for (const chain of devnet.chains) proxies.set(chain.name, await cuttableProxy(Number(new URL(chain.rpcUrl).port)))
    const chains = Object.fromEntries(
      Object.entries(devnet.config.chains ?? {}).map(([name, chain]) => {
        const { port } = proxies.get(name)!
        return [name, { ...chain, rpc: [`http://127.0.0.1:${port}`], ws: `ws://127.0.0.1:${port}`, maxLagSeconds }]
      }),
    )
    product = await startProduct({ root: projectRoot(), config: { ...devnet.config, chains } })
    const candidates = devnet.accounts.filter(({ shape }) => shape === 'whale')
    account = candidates[0]!.address
    await until('the first complete figure', 240, () => figure(), isComplete)
  }, 400_000)

  afterAll(async () => {
    await product?.stop()
    for (const proxy of proxies.values()) await proxy.close()
    await devnet?.stop()
  })

  it('keeps serving the other chain, second by second, when one chain dies, and says so in time', async () => {
    await until('credit on both chains', 60, figure, (now) => isComplete(now) && creditOn('alpha', now) > 0)
    await bothAtHead()
    const betaAt = async () => Number((await figure()).asOf.chains.beta?.blockNumber)
    const cutAt = Date.now()
    proxies.get('alpha')!.cut()
    const without = await until('alpha leaving the cut', maxLagSeconds + 5, figure, ({ missing }) =>
      missing.some(({ chain, reasonCode }) => chain === 'alpha' && reasonCode === 'CHAIN_STALE'),
    )
    expect((Date.now() - cutAt) / 1000).toBeLessThan(maxLagSeconds + 5)
    expect(without.complete).toBe(false)
    expect(creditOn('alpha', without)).toBe(0)
    expect(creditOn('beta', without)).toBeGreaterThan(0)
    for (let second = 0; second < 5; second++) {
      const seen = await betaAt()
      const now = await until(
        'the next block of beta',
        4,
        figure,
        ({ asOf }) => Number(asOf.chains.beta?.blockNumber) > seen,
      )
      expect(now.complete).toBe(false)
      expect(creditOn('alpha', now)).toBe(0)
      expect(creditOn('beta', now)).toBeGreaterThan(0)
    }
    proxies.get('alpha')!.restore()
    const after = await until('alpha coming back', 60, figure, isComplete)
    expect(creditOn('alpha', after)).toBeGreaterThan(0)
    await until('alpha coming back to what is final', 60, () => figure('finalized'), isComplete)
  }, 180_000)

  it('answers from the database at the last cut when every node is gone, byte for byte the same', async () => {
    await until('what is final on both chains', 60, () => figure('finalized'), isComplete)
    await bothAtHead()
    for (const proxy of proxies.values()) proxy.cut()
    // Every finality: how far the chains are final is known without their nodes, too.
    const paths = ['latest', 'safe', 'finalized', 'conservative'].map(
      (finality) => `/v1/accounts/${account}/margin?finality=${finality}`,
    )
    const answers = () => Promise.all(paths.map(text))
    const settled = await until(
      'the cut standing still',
      30,
      async () => {
        const first = await answers()
        await new Promise((resolve) => setTimeout(resolve, 1500))
        return [first, await answers()]
      },
      ([first, second]) => JSON.stringify(first) === JSON.stringify(second),
    )
    const [latest, , finalized, conservative] = settled[1]!.map((body) => JSON.parse(body))
    expect(Date.parse(finalized.asOf.cut)).toBeLessThan(Date.parse(latest.asOf.cut))
    expect(finalized.asOf.chains.alpha.finality).toBe('finalized')
    expect(conservative.finality.cuts).toMatchObject({ latest: latest.asOf, finalized: finalized.asOf })
    expect(conservative.finality.nonFinal).not.toBeNull()
    const readiness = async () => {
      const response = await fetch(`${product.url}/ready`)
      return { status: response.status, body: (await response.json()) as { ready: boolean; late: readonly object[] } }
    }
    const { status: readyStatus, body: reasons } = await until(
      'readiness going back to 503 for both chains',
      maxLagSeconds + 10,
      readiness,
      ({ body }) => body.late.length === 2,
    )
    expect(readyStatus).toBe(503)
    expect(reasons).toMatchObject({
      ready: false,
      late: ['alpha', 'beta'].map((chain) => ({
        chain,
        reasonCode: 'CHAIN_STALE',
        detail: expect.stringMatching(/limit 6 s/),
      })),
    })
    expect(await answers()).toEqual(settled[1])

    const run = JSON.parse(readFileSync(join(product.dataDirectory, 'data', 'run.json'), 'utf8'))
    process.kill(run.api.pid, 'SIGKILL')
    const again = await until('the API coming back', 20, answers, (bodies) => bodies.length > 0)
    expect(again).toEqual(settled[1])
    const status = await (await fetch(`${product.url}/v1/status`)).json()
    expect(status.chains.alpha).toMatchObject({
      ready: false,
      reachable: false,
      head: null,
      tiers: { finalized: { blockNumber: expect.any(String), observedAt: expect.any(String) } },
      liveSince: expect.any(String),
    })
    for (const proxy of proxies.values()) proxy.restore()
    await until('both chains coming back', 90, figure, isComplete)
  }, 240_000)

  it('gives the figures of an undisturbed run after an indexer is killed', async () => {
    const { asOf } = await until('both chains in the figure', 60, figure, isComplete)
    const at = `&at=alpha:${asOf.chains.alpha!.blockNumber}`
    const before = await text(`/v1/accounts/${account}/margin?finality=latest${at}`)
    const pid = product.indexerPid('alpha')!
    process.kill(pid, 'SIGKILL')
    await until(
      'another indexer',
      30,
      async () => product.indexerPid('alpha'),
      (now) => now !== null && now !== pid,
    )
    await until(
      'the chain going on',
      60,
      figure,
      (now) =>
        isComplete(now) && Number(now.asOf.chains.alpha!.blockNumber) > Number(asOf.chains.alpha!.blockNumber) + 2,
    )
    expect(await text(`/v1/accounts/${account}/margin?finality=latest${at}`)).toBe(before)
  }, 180_000)
})
