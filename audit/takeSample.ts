import type { Address, Hash } from 'viem'
import type { ChainFacts } from '../src/api/facts'
import type { Snapshot } from '../src/api/read/database'
import { loadBook } from '../src/api/read/loadBook'
import { loadSchemas } from '../src/api/read/loadDeployments'
import { type ChainSettings, loadHead } from '../src/api/read/loadHeads'
import { qualify } from '../src/api/read/qualify'
import { type BlockSample, sampleBlocks } from './checkBlocks'
import { checkRows } from './checkRows'
import type { Rotation } from './rotation'
import type { AuditedBlock, Results } from './types'

export interface SampleQuestion {
  readonly chain: string
  readonly settings: ChainSettings
  /** The schema to look at; `null` for the one that serves. */
  readonly schema: string | null
  readonly rotation: Rotation
  readonly accountsAtOnce: number
  /** What drifted before, to be looked at beside what is next. */
  readonly again: readonly string[]
}

/** What one round looks at, as the index has it at one instant. */
export interface Sample {
  readonly schema: string
  readonly block: AuditedBlock
  readonly multicall3: Address | null
  readonly blocks: BlockSample
  readonly accounts: readonly Address[]
  readonly facts: ChainFacts
  readonly rateModels: ReadonlyMap<string, Address>
  /** What of the rows contradicts other rows. */
  readonly rows: Results
  /** The last account looked at; `null` when there are none after it. */
  readonly lastAccount: string | null
}

/** @returns `null` while nothing of the chain is served. */
export async function takeSample(snapshot: Snapshot, question: SampleQuestion): Promise<Sample | null> {
  const { chain, settings, rotation, accountsAtOnce, again } = question
  const { chainId } = settings
  const schema = question.schema ?? (await loadSchemas(snapshot)).get(chain)
  if (schema === undefined) return null
  const { newest } = await loadHead(snapshot, chain, settings, schema, 'latest', null)
  if (newest === null) return null
  const { blockNumber, blockHash, timestamp } = newest
  const [inTurn, blocks, book] = await Promise.all([
    snapshot.rows<{ account: Address }>(
      `SELECT DISTINCT account FROM ${qualify(schema, 'position')} WHERE chain_id = $1 AND account > $2 ORDER BY account LIMIT $3`,
      [chainId, rotation.account, accountsAtOnce],
    ),
    sampleBlocks(snapshot, { schema, chainId, after: rotation.block, newest: blockNumber, again: numbersIn(again) }),
    loadBook(snapshot, { schema, chainId, blockNumber, poolWindowStart: timestamp }),
  ])
  const accounts = [...new Set([...inTurn.map(({ account }) => account), ...accountsIn(again)])]
  const [page, rows, curves, [resolved]] = await Promise.all([
    book.ofAccounts(accounts),
    checkRows(snapshot, { schema, chainId, accounts }),
    snapshot.rows<{ market: string; rateModel: Address }>(
      `SELECT market, rate_model FROM ${qualify(schema, 'market')} WHERE chain_id = $1 AND rate_model_kind = 'adaptive-curve'`,
      [chainId],
    ),
    snapshot.rows<{ multicall3: Address | null }>(
      `SELECT resolved->>'multicall3' AS multicall3 FROM offchain.deployment WHERE chain = $1 AND schema = $2`,
      [chain, schema],
    ),
  ])
  return {
    schema,
    multicall3: resolved?.multicall3 ?? null,
    block: { number: blockNumber, hash: blockHash as Hash, timestamp: BigInt(timestamp) },
    ...{ blocks, accounts, rows },
    facts: { ...book.facts, ...page },
    rateModels: new Map(curves.map(({ market, rateModel }) => [market, rateModel])),
    lastAccount: inTurn.length < accountsAtOnce ? null : inTurn.at(-1)!.account,
  }
}

/** Subjects that name an account do so with their first word. */
function accountsIn(subjects: readonly string[]): readonly Address[] {
  return subjects.flatMap((subject) => (subject.match(/^0x[0-9a-f]{40}(?= |$)/g) ?? []) as Address[])
}

function numbersIn(subjects: readonly string[]): readonly string[] {
  return subjects.filter((subject) => /^\d+$/.test(subject))
}
