import type { Address, PublicClient } from 'viem'
import { openingName } from '../src/api/read/loadBaselines'
import type { MarketFacts } from '../src/api/read/loadMarkets'
import { askViews } from '../views/askViews'
import type { FinalBlock } from './finalBlock'
import { hydrators } from './protocols/registry'
import type { HydrationSetting } from './readSetting'
import type { Baseline, Reading } from './types'

/** What was read of an account. */
export interface HydratedAccount {
  readonly account: Address
  /** The contracts in which nothing of it is unknown, as `protocol address`. */
  readonly contracts: readonly string[]
  /** What it had, where that was anything. */
  readonly baselines: readonly Baseline[]
  /** Why a contract is not among them; null where all are. */
  readonly failure: string | null
}

interface Task {
  readonly account: Address
  readonly contract: string
  readonly readings: readonly Reading[] | null
}

/** Reads all that accounts have in the contracts older than the index, at one block, as many views in a call as nodes allow. */
export async function readAccounts(
  client: PublicClient,
  { openings, multicall3 }: HydrationSetting,
  facts: MarketFacts,
  block: FinalBlock,
  accounts: readonly Address[],
): Promise<{ readonly read: readonly HydratedAccount[]; readonly calls: number }> {
  const tasks = accounts.flatMap((account) =>
    openings.map((opening): Task => {
      const contract = opening.contract as Address
      const readings = hydrators[opening.protocol]?.({ facts, contract, account }) ?? null
      return { account, contract: openingName(opening), readings }
    }),
  )
  const views = tasks.flatMap(({ readings }) => readings?.flatMap((reading) => reading.views) ?? [])
  const { answers, calls } = await askViews(client, multicall3, views, block.hash)
  let next = 0
  const take = (reading: Reading): readonly Baseline[] | null => {
    const own = answers.slice(next, next + reading.views.length)
    next += reading.views.length
    return own.includes(undefined) ? null : reading.baselines(own)
  }
  const outcomes = tasks.map(({ account, contract, readings }) => ({
    account,
    contract,
    baselines: readings?.map(take) ?? [null],
  }))
  const read = accounts.map((account): HydratedAccount => {
    const own = outcomes.filter((outcome) => outcome.account === account)
    const whole = own.filter(({ baselines }) => !baselines.includes(null))
    const refused = own.filter((outcome) => !whole.includes(outcome)).map(({ contract }) => contract)
    return {
      account,
      contracts: whole.map(({ contract }) => contract),
      baselines: whole.flatMap(({ baselines }) => baselines.flatMap((rows) => rows!).filter(({ raw }) => raw !== 0n)),
      failure: refused.length === 0 ? null : `${refused.join(', ')} did not answer`,
    }
  })
  return { read, calls }
}
