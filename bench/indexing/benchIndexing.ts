import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createPublicClient, http } from 'viem'
import { startDatabase } from '../../cli/database/startDatabase'
import { parseConfig } from '../../config/load'
import type { ChainConfig } from '../../config/schema'
import { resolveChain, type StartedConfig } from '../../src/resolveChain'
import type { BenchRow } from '../types'
import { makeHistory } from './makeHistory'
import { type Project, writeProjects } from './projects'
import { timeBackfill } from './timeBackfill'

const RUNS = 3
const BAR = 0.8

/**
 * How fast the handlers index Aave transactions, against a bare Ponder handler that subscribes to the same events and inserts and
 * updates as many rows of the same tables for each, without finding, deciding or computing anything. Both read from a filled RPC cache, take turns, and the medians
 * are compared.
 */
export async function benchIndexing(log: (line: string) => void): Promise<readonly BenchRow[]> {
  // Directly under /tmp, which the database's own user can reach when this runs as root.
  const folder = mkdtempSync('/tmp/crossmargin-bench-')
  const database = await startDatabase(join(folder, 'data'))
  try {
    log('making a chain with some thousands of Aave transactions …')
    const { devnet, transactions } = await makeHistory()
    try {
      const config = aaveOnly(parseConfig(devnet.config, 'bench').chains.alpha!)
      const resolved = await resolveChain(config, createPublicClient({ transport: http(config.rpc[0]) }))
      const projects = writeProjects(folder, { name: 'alpha', config, resolved })
      const time = (project: Project, run: string) =>
        timeBackfill(project, database.url, `bench_${project.name}_${run}`)

      log('filling the RPC cache and recording what each handler writes …')
      await time(projects.recording, 'warm')
      await time(projects.bare, 'warm')
      const seconds = { product: [] as number[], bare: [] as number[] }
      for (let run = 0; run < RUNS; run++) {
        const order = run % 2 === 0 ? (['product', 'bare'] as const) : (['bare', 'product'] as const)
        for (const name of order) {
          const taken = await time(projects[name], String(run))
          seconds[name].push(taken)
          log(`${name}: ${taken.toFixed(2)} s`)
        }
      }
      const perSecond = (name: 'product' | 'bare') => transactions / median(seconds[name])
      return [{ metric: 'transactions/s', value: perSecond('product'), anchor: perSecond('bare'), bar: BAR }]
    } finally {
      await devnet.stop()
    }
  } finally {
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * The chain with Aave, its tokens and its feeds. What is read block by block is left out: of a real chain's past only the last blocks are read so,
 * while a chain as short as this one is read so from its beginning.
 */
function aaveOnly(config: ChainConfig): StartedConfig {
  return {
    ...config,
    startBlock: 0,
    morphoBlue: [],
    compoundV3: [],
    erc4626: [],
    uniswapV3: [],
    chainlink: config.chainlink.filter(({ quote }) => quote === 'USD'),
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
