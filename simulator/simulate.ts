import { type ProductProcess, startProduct } from './product/startProduct'
import { runSeed, type SeedReport } from './runSeed'
import { setUp } from './setUp'

export interface SimulateOptions {
  readonly seed: number
  readonly operations: number
  readonly chains: number
  /** See `SeedInput`. */
  readonly endBlock?: number
  /** Root of the built project whose product is checked. */
  readonly root: string
  readonly progress: (line: string) => void
}

export interface Simulation {
  readonly report: SeedReport
  readonly accounts: number
}

/** Runs one seed from nothing: fresh chains, a fresh product, a random walk with every block checked. Stops all it started. */
export async function simulate(options: SimulateOptions): Promise<Simulation> {
  const { seed, operations, chains, endBlock, root, progress } = options
  const setting = await setUp(seed, chains, progress)
  let product: ProductProcess | null = null
  try {
    product = await startProduct({ root, config: setting.config })
    const report = await runSeed({
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
    if (report.failure !== null) progress(`the product's last words:\n${product.log().slice(-4000)}`)
    const watched = [...setting.preparations.values()][0]!.watched.length
    return { report, accounts: setting.actors.length + watched }
  } finally {
    await product?.stop()
    await setting.devnet.stop()
  }
}
