import type { ConfigFile } from '../../../devnet/describeConfig'
import { startDevnet } from '../../../devnet/startDevnet'
import type { Devnet, DevnetOptions } from '../../../devnet/types'
import { type Database, openDatabase } from '../../../src/api/read/database'
import { type IndexerDescription, type RunningIndexer, startIndexer } from './startIndexer'
import { startTestDatabase } from './startTestDatabase'

/** Acts on a chain at random. */
export interface Walk {
  /** Makes the next block and returns its number. */
  step(): Promise<bigint>
}

export interface ProtocolTestOptions extends DevnetOptions {
  /** Name of the schema of a chain's facts. */
  schemaOf(chain: string): string
  /** Deploys what the local chains have not of themselves; another configuration than theirs, and who acts on the first chain. */
  prepare?(devnet: Devnet): Promise<{ readonly config?: ConfigFile; readonly walk?: Walk }>
  /** Blocks of the walk: half of them are made before anybody indexes, half while it is followed. */
  readonly steps?: number
}

export interface ProtocolTest {
  readonly devnet: Devnet
  readonly databaseUrl: string
  /** The database as the API reads it. */
  readonly database: Database
  /** The blocks walked, all of them indexed. */
  readonly walked: readonly bigint[]
  /** The indexer of a chain. */
  indexer(chain: string): RunningIndexer & { readonly description: IndexerDescription }
  stop(): Promise<void>
}

/** Local chains, each with an indexer that follows it, and one database: facts beside the contracts they are facts of. */
export async function startProtocolTest({
  schemaOf,
  prepare = async () => ({}),
  steps = 0,
  ...options
}: ProtocolTestOptions): Promise<ProtocolTest> {
  const undo: (() => Promise<void>)[] = []
  const stop = async () => {
    while (undo.length > 0) await undo.pop()?.()
  }
  const keep = async <Started extends { stop(): Promise<void> }>(starting: Promise<Started>) => {
    const started = await starting
    undo.push(() => started.stop())
    return started
  }
  try {
    const [devnet, { url }] = await Promise.all([
      keep(startDevnet({ log: () => {}, ...options })),
      keep(startTestDatabase()),
    ])
    const { config = devnet.config, walk } = await prepare(devnet)
    const walked: bigint[] = []
    const walkTo = async (count: number) => {
      while (walk !== undefined && walked.length < count) walked.push(await walk.step())
    }
    await walkTo(steps / 2)
    const indexers = new Map(
      await Promise.all(
        devnet.chains.map(
          async ({ name }) => [name, await keep(startIndexer(config, name, url, schemaOf(name)))] as const,
        ),
      ),
    )
    await walkTo(steps)
    const database = openDatabase(url)
    undo.push(() => database.close())
    const indexer: ProtocolTest['indexer'] = (chain) => indexers.get(chain)!
    const last = walked.at(-1)
    if (last !== undefined) await indexer(devnet.chains[0]!.name).indexed(last)
    return { devnet, databaseUrl: url, database, walked, indexer, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
