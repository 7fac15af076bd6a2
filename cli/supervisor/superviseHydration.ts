import type { Config } from '../../config/schema'
import { startHydration } from '../../hydration/startHydration'
import { openDatabase } from '../../src/api/read/database'
import { openPool } from '../database/openPool'
import { log } from '../log'
import { chainClient } from './chainClient'

/** Two locks, and accounts being written. */
const connections = 4

/** Hydrates whatever accounts of the chains are noted for it, with connections of its own. */
export function superviseHydration(
  databaseUrl: string,
  config: Config,
  chains: readonly string[],
): { stop(): Promise<void> } {
  const pool = openPool(databaseUrl, 'crossmargin_hydration', connections)
  const database = openDatabase(databaseUrl, { connections: 1 })
  const hydration = startHydration({
    chains: chains.map((chain) => {
      const settings = config.chains[chain]!
      return { chain, chainId: settings.chainId, client: chainClient(settings) }
    }),
    ...{ database, pool, log },
  })
  return {
    async stop() {
      await hydration.stop()
      await Promise.all([database.close(), pool.end()])
    },
  }
}
