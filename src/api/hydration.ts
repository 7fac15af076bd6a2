/** What the hydration routes ask. The reading itself is the work of whoever follows the chain: an answer never waits for an RPC. */
import type { Config } from '../../config/schema'
import type { AccountNotes } from './read/accountNotes'
import type { Database } from './read/database'
import { UnknownChainError } from './read/errors'
import { loadSchemas } from './read/loadDeployments'
import { type HydrationProgress, loadHydration } from './read/loadHydration'

export interface Hydration {
  /** Notes accounts to be hydrated; says how far these are. @throws UnknownChainError for a chain that is not configured. */
  note(chain: string, accounts: readonly string[]): Promise<HydrationProgress>
  /** How far all noted accounts are, by chain. */
  progress(): Promise<Readonly<Record<string, HydrationProgress>>>
}

export function createHydration({
  config,
  database,
  notes,
}: {
  readonly config: Config
  readonly database: Database
  readonly notes: AccountNotes
}): Hydration {
  const chainIdOf = (chain: string) => {
    if (!Object.hasOwn(config.chains, chain)) throw new UnknownChainError(chain, Object.keys(config.chains).sort())
    return config.chains[chain]!.chainId
  }
  const progressOf = (chain: string, accounts: readonly string[] | null) =>
    database.snapshot(async (snapshot) => {
      const schema = (await loadSchemas(snapshot)).get(chain) ?? null
      return loadHydration(snapshot, { schema, chainId: chainIdOf(chain) }, accounts)
    })
  return {
    note: async (chain, accounts) => {
      await notes.note(chainIdOf(chain), accounts)
      return progressOf(chain, accounts)
    },
    progress: async () => {
      const chains = Object.keys(config.chains).sort()
      return Object.fromEntries(
        await Promise.all(chains.map(async (chain) => [chain, await progressOf(chain, null)] as const)),
      )
    },
  }
}
