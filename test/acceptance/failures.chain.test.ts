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
  const figure = async (query = ''): Promise<Figure> =>
    JSON.parse(await text(`/v1/accounts/${account}/margin?finality=latest${query}`))
  const creditOn = (chain: string, { collateral, lendingUnits }: Figure) =>
    [...collateral, ...lendingUnits]
      .filter((row) => row.chain === chain)
      .reduce((sum, { credit }) => sum + Number(credit), 0)
  const isComplete = ({ complete, asOf }: Figure) => complete && Object.keys(asOf.chains).length === 2

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
    await until('the first complete figure', 90, figure, isComplete)
  }, 240_000)

  afterAll(async () => {
    await product?.stop()
    for (const proxy of proxies.values()) await proxy.close()
    await devnet?.stop()
  })

  it('keeps serving the other chain, second by second, when one chain dies, and says so in time', async () => {
    await until('credit on both chains', 60, figure, (now) => isComplete(now) && creditOn('alpha', now) > 0)
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
  })

  it('answers from the database at the last cut when every node is gone, byte for byte the same', async () => {
    for (const proxy of proxies.values()) proxy.cut()
    const path = `/v1/accounts/${account}/margin?finality=latest`
    const settled = await until(
      'the cut standing still',
      30,
      async () => {
        const first = await text(path)
        await new Promise((resolve) => setTimeout(resolve, 1500))
        return [first, await text(path)]
      },
      ([first, second]) => first === second,
    )
    const figureNow = JSON.parse(settled[1]!) as Figure
    expect(figureNow.asOf.cut).toBeTruthy()
    const ready = await until(
      'readiness going back to 503',
      maxLagSeconds + 10,
      () => fetch(`${product.url}/ready`),
      ({ status }) => status === 503,
    )
    expect(ready.status).toBe(503)
    expect(await text(path)).toBe(settled[1])

    const run = JSON.parse(readFileSync(join(product.dataDirectory, 'data', 'run.json'), 'utf8'))
    process.kill(run.api.pid, 'SIGKILL')
    const again = await until(
      'the API coming back',
      20,
      () => text(path),
      (body) => body.length > 0,
    )
    expect(again).toBe(settled[1])
    for (const proxy of proxies.values()) proxy.restore()
    await until('both chains coming back', 90, figure, isComplete)
  })

  it('gives the figures of an undisturbed run after an indexer is killed', async () => {
    const { asOf } = await figure()
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
  })
})
