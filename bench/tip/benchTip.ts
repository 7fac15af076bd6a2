import { projectRoot } from '../../cli/projectRoot'
import { deriveActor } from '../../devnet/seed/actors'
import { startDevnet } from '../../devnet/startDevnet'
import { atTip } from '../../simulator/beginAtTip'
import { fetchJson } from '../../simulator/check/fetchJson'
import { startProduct } from '../../simulator/product/startProduct'
import type { BenchRow } from '../types'

const ACCOUNTS = 1_000
const SECONDS = 60
const CALLS_PER_ACCOUNT = 3
const chain = 'alpha'

interface Answer {
  readonly missing: readonly { readonly reasonCode: string }[]
}

/**
 * From nothing to the first figures of a thousand accounts on a chain that others have used for months: the product starts at the tip, hydrates them by its
 * command, and answers about everybody who has something. Against the time and the calls that are allowed.
 */
export async function benchTip(log: (line: string) => void): Promise<readonly BenchRow[]> {
  log('making a chain with three months of history …')
  const devnet = await startDevnet({ chains: 1, blockSeconds: 1, log: () => {} })
  try {
    const seeded = devnet.accounts.map(({ address }) => address)
    const others = Array.from(
      { length: ACCOUNTS - seeded.length },
      (_, index) => deriveActor(devnet.seed, `nobody ${index + 1}`).address,
    )
    const started = performance.now()
    const product = await startProduct({ root: projectRoot(), config: atTip(devnet.config) })
    try {
      const outcome = await product.hydrate(chain, [...seeded, ...others])
      log(outcome)
      const { missing } = await fetchJson<Answer>(product.url, '/v1/margin', { addresses: seeded, model: 'cross' })
      const seconds = (performance.now() - started) / 1000
      const unknown = missing.filter(({ reasonCode }) => reasonCode === 'NOT_HYDRATED').length
      const [hydrated, , calls] = (outcome.match(/\d+/g) ?? []).map(Number) as [number, number, number]
      log(`${seconds.toFixed(1)} s to the first figures, ${calls / ACCOUNTS} calls per account, ${unknown} unknown`)
      return [
        { metric: 'seconds-allowed/taken', value: SECONDS, anchor: seconds, bar: 1 },
        { metric: 'calls-allowed/made', value: CALLS_PER_ACCOUNT, anchor: calls / ACCOUNTS, bar: 1 },
        { metric: 'accounts-known', value: unknown === 0 ? hydrated : 0, anchor: ACCOUNTS, bar: 1 },
      ]
    } finally {
      await product.stop()
    }
  } finally {
    await devnet.stop()
  }
}
