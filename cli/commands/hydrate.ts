import { setTimeout as sleep } from 'node:timers/promises'
import type { Address } from 'viem'
import { loadConfig } from '../../config/load'
import { type Hydrated, type HydrateOptions, hydrateChain } from '../../hydration/hydrateChain'
import { isTooEarly } from '../../hydration/isTooEarly'
import { whileAlone } from '../../hydration/whileAlone'
import { openDatabase } from '../../src/api/read/database'
import { noteAccounts } from '../../src/api/read/noteAccounts'
import { migrateOffchain } from '../database/migrateOffchain'
import { openPool } from '../database/openPool'
import { reachDatabase } from '../database/reachDatabase'
import { readAccountList } from '../hydrate/readAccountList'
import { readSettings, type SettingFlags } from '../settings'
import { chainClient } from '../supervisor/chainClient'
import { UsageError } from '../UsageError'

export type HydrateFlags = SettingFlags & { readonly chain: string }

/** How long the first blocks of a chain that has just been started are waited for. */
const patienceMilliseconds = 600_000
const pollMilliseconds = 500

/**
 * `crossmargin hydrate`: reads what the accounts of a file had before the index of a chain began. Runs beside the product or without it; what is done stays done, however it ends.
 * @returns 0 when all are known, 1 when some are not.
 * @throws UsageError when the file or the chain cannot be used.
 */
export async function runHydrate(file: string, flags: HydrateFlags): Promise<number> {
  const settings = readSettings(flags)
  const config = loadConfig(settings.configFile)
  const chain = config.chains[flags.chain]
  if (chain === undefined)
    throw new UsageError(`--chain is "${flags.chain}"; configured: ${Object.keys(config.chains).sort().join(', ')}`)
  const accounts = readAccountList(file)
  const reached = await reachDatabase(settings)
  try {
    await migrateOffchain(reached.url)
    const pool = openPool(reached.url, 'crossmargin_hydrate', 5)
    const database = openDatabase(reached.url, { connections: 1 })
    try {
      const options = {
        database,
        pool,
        client: chainClient(chain),
        chain: flags.chain,
        chainId: chain.chainId,
        accounts,
      }
      const { failed, calls } = await whileAlone(pool, chain.chainId, async () => {
        await noteAccounts(pool, chain.chainId, accounts)
        return whenIndexed(options, showing(accounts))
      })
      process.stdout.write(`hydrated ${accounts.length - failed} accounts, ${failed} failed, ${calls} rpc calls\n`)
      return failed === 0 ? 0 : 1
    } finally {
      await Promise.all([database.close(), pool.end()])
    }
  } finally {
    await reached.stop()
  }
}

/** Waits for a chain whose indexer has only just been started. */
async function whenIndexed(options: HydrateOptions, progress: HydrateOptions['progress']): Promise<Hydrated> {
  const deadline = Date.now() + patienceMilliseconds
  for (;;) {
    try {
      return await hydrateChain({ ...options, progress })
    } catch (error) {
      if (!isTooEarly(error) || Date.now() > deadline) throw error
      await sleep(pollMilliseconds)
    }
  }
}

/** Tells how far it is, once in every hundred accounts. */
function showing(accounts: readonly Address[]): HydrateOptions['progress'] {
  let shown = 0
  return (done, failed) => {
    if (Math.floor((done + failed) / 100) === shown) return
    shown = Math.floor((done + failed) / 100)
    process.stderr.write(`${done + failed} of ${accounts.length} accounts${failed === 0 ? '' : `, ${failed} failed`}\n`)
  }
}
