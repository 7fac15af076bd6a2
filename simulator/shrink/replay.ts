import { seededRandom } from '../../devnet/random'
import { Checker } from '../check/Checker'
import { failureOf } from '../product/failureOf'
import { startProduct } from '../product/startProduct'
import type { Finding } from '../runSeed'
import { setUp } from '../setUp'
import type { Trace } from '../trace'
import type { SimulatedContracts } from '../types'
import { ChainWalk } from '../walk/ChainWalk'

export interface ReplayOptions {
  /** Root of the built project whose product is checked. */
  readonly root: string
  readonly progress: (line: string) => void
}

/** Carries out a trace on fresh chains with a fresh product, checking every new block, up to the first drift or failure. */
export async function replay(trace: Trace, { root, progress }: ReplayOptions): Promise<Finding> {
  const setting = await setUp(trace.seed, trace.chains, false, () => {})
  const product = await startProduct({ root, config: setting.config }).catch(async (error: unknown) => {
    await setting.devnet.stop()
    throw error
  })
  let current = ''
  try {
    const walks = new Map<string, { readonly walk: ChainWalk; readonly checker: Checker }>()
    for (const chain of setting.devnet.chains) {
      const walk = await ChainWalk.begin({
        chain,
        contracts: chain.contracts as SimulatedContracts,
        actors: setting.actors,
        actions: [],
        quotas: new Map(),
        operations: 0,
        watched: setting.preparations.get(chain.name)!.watched,
        random: seededRandom(trace.seed, 'replay'),
        endTimestamp: setting.endTimestamp,
      })
      walks.set(chain.name, { walk, checker: new Checker(product.url, walk) })
    }
    for (const [index, event] of trace.events.entries()) {
      current = event.chain
      const { walk, checker } = walks.get(event.chain)!
      if (event.kind === 'restart') {
        const pid = product.indexerPid(event.chain)
        if (pid !== null) process.kill(pid, event.signal)
        continue
      }
      if (event.kind === 'block') await walk.mine(event.block)
      else await walk.replace(event.depth, event.blocks)
      await checker.checkNewest()
      if (checker.drifts.length > 0) return { drifts: checker.drifts, failure: null }
      if (index % 20 === 19) progress(`replayed ${index + 1} of ${trace.events.length} events`)
    }
    return { drifts: [], failure: null }
  } catch (error) {
    return { drifts: [], failure: failureOf(current, error) }
  } finally {
    await product.stop()
    await setting.devnet.stop()
  }
}
