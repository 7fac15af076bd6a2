import { atTip, hydrateAll, settle } from './beginAtTip'
import { type ProductProcess, startProduct } from './product/startProduct'
import { watchAudit } from './product/watchAudit'
import { runSeed, type SeedReport } from './runSeed'
import { setUp } from './setUp'

export interface SimulateOptions {
  readonly seed: number
  readonly operations: number
  readonly chains: number
  /** The index begins at the tip of chains that have seen something already, and everybody is hydrated. */
  readonly tip?: boolean
  /** See `SeedInput`. */
  readonly endBlock?: number
  /** Root of the built project whose product is checked. */
  readonly root: string
  /** The product audits itself meanwhile; whatever that quarantines is a failure. Without it no audit disturbs the walk. */
  readonly audit?: boolean
  readonly progress: (line: string) => void
}

export interface Simulation {
  readonly report: SeedReport
  readonly accounts: number
}

/** Runs one seed from nothing: fresh chains, a fresh product, a random walk with every block checked. Stops all it started. */
export async function simulate(options: SimulateOptions): Promise<Simulation> {
  const { seed, operations, chains, endBlock, root, audit = false, tip = false, progress } = options
  const setting = await setUp(seed, chains, audit, progress)
  let product: ProductProcess | null = null
  try {
    if (tip) await settle(setting.devnet)
    product = await startProduct({ root, config: tip ? atTip(setting.config) : setting.config })
    if (tip) await hydrateAll(setting, product, progress)
    const audited = audit ? watchAudit(product.url) : null
    const walked = await runSeed({
      seed,
      operations,
      chains: setting.devnet.chains,
      actors: setting.actors,
      preparations: setting.preparations,
      product,
      endTimestamp: setting.endTimestamp,
      endBlock,
      progress,
    })
    const quarantine = (await audited?.end()) ?? null
    const report = { ...walked, failure: walked.failure ?? quarantine }
    if (report.failure !== null) progress(`the product's last words:\n${product.log().slice(-4000)}`)
    const watched = [...setting.preparations.values()][0]!.watched.length
    return { report, accounts: setting.actors.length + watched }
  } finally {
    await product?.stop()
    await setting.devnet.stop()
  }
}
