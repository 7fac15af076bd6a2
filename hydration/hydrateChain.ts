import PQueue from 'p-queue'
import type pg from 'pg'
import type { Address, PublicClient } from 'viem'
import type { Database } from '../src/api/read/database'
import type { MarketFacts } from '../src/api/read/loadMarkets'
import { chooseBlock } from './chooseBlock'
import type { FinalBlock } from './finalBlock'
import { dueAccounts, keepAccounts, noteFailure } from './hydrationStore'
import { readAccounts } from './readAccounts'
import { type HydrationSetting, readMarkets, readSetting, readTip } from './readSetting'

export interface HydrateOptions {
  readonly database: Database
  readonly pool: pg.Pool
  readonly client: PublicClient
  readonly chain: string
  readonly chainId: number
  /** Only these; by default all that were noted. */
  readonly accounts?: readonly Address[]
  readonly signal?: AbortSignal
  readonly progress?: (done: number, failed: number) => void
}

export interface Hydrated {
  readonly hydrated: number
  readonly failed: number
  readonly calls: number
}

/** Accounts read at one block. A node without an archive forgets it after some minutes. */
const accountsPerRound = 1_000
/** Accounts read together and written together: what is lost when the process is killed. */
const accountsPerBatch = 20
const batchesAtOnce = 4

/**
 * Reads and keeps what noted accounts had before the index of their chain began. May be stopped and killed at any moment: what was kept is not read again.
 * @throws NotYetError while that cannot be done at all; a viem error when no node answers to begin with.
 */
export async function hydrateChain(options: HydrateOptions): Promise<Hydrated> {
  const { database, pool, client, accounts, signal, progress } = options
  const total = { hydrated: 0, failed: 0, calls: 0 }
  const tried = new Set<Address>()
  for (;;) {
    const setting = await readSetting(database, options)
    if (setting === null || signal?.aborted) return total
    const left = accounts?.filter((account) => !tried.has(account))
    const due = await dueAccounts(pool, setting, { accounts: left, limit: accountsPerRound })
    if (due.length === 0) return total
    const tip = await readTip(database, setting)
    const block = await chooseBlock(client, tip, setting)
    const facts = await readMarkets(database, setting, block, tip)
    total.calls += 1
    const queue = new PQueue({ concurrency: batchesAtOnce })
    const work = async (batch: readonly Address[]) => {
      if (signal?.aborted) return
      const outcome = await hydrateBatch(options, { setting, facts, block }, batch)
      total.hydrated += outcome.hydrated
      total.failed += outcome.failed
      total.calls += outcome.calls
      progress?.(total.hydrated, total.failed)
    }
    await Promise.all(batchesOf(due).map((batch) => queue.add(() => work(batch))))
    for (const account of due) tried.add(account)
  }
}

async function hydrateBatch(
  { client, pool, chainId }: HydrateOptions,
  {
    setting,
    facts,
    block,
  }: { readonly setting: HydrationSetting; readonly facts: MarketFacts; readonly block: FinalBlock },
  batch: readonly Address[],
): Promise<Hydrated> {
  try {
    const { read, calls } = await readAccounts(client, setting, facts, block, batch)
    await keepAccounts(pool, chainId, block, read)
    const failed = read.filter(({ failure }) => failure !== null).length
    return { hydrated: read.length - failed, failed, calls }
  } catch (error) {
    await noteFailure(pool, chainId, batch, (error as Error).message)
    return { hydrated: 0, failed: batch.length, calls: 1 }
  }
}

function batchesOf(accounts: readonly Address[]): readonly (readonly Address[])[] {
  const count = Math.ceil(accounts.length / accountsPerBatch)
  return Array.from({ length: count }, (_, index) =>
    accounts.slice(index * accountsPerBatch, (index + 1) * accountsPerBatch),
  )
}
