/** One round of one chain: the next accounts in turn, those that drifted before, and every market, at the newest whole block. */
import type { Address, Hash, PublicClient } from 'viem'
import type { Database, Snapshot } from '../src/api/read/database'
import { loadBook } from '../src/api/read/loadBook'
import { loadSchemas } from '../src/api/read/loadDeployments'
import { type ChainSettings, loadHead } from '../src/api/read/loadHeads'
import { qualify } from '../src/api/read/qualify'
import { askViews } from './askViews'
import { checkBlocks } from './checkBlocks'
import { checkRows } from './checkRows'
import { judge } from './judge'
import { auditors } from './protocols/registry'
import type { AuditedBlock, ProtocolResult } from './types'

export interface RoundQuestion {
  readonly chain: string
  readonly settings: ChainSettings
  readonly multicall3: Address
  /** Accounts after this one come next; `null` begins a rotation. */
  readonly after: Address | null
  readonly accountsAtOnce: number
  /** Accounts to look at beside those in turn. */
  readonly again: readonly Address[]
  /** Numbers of blocks to look at beside the newest and some others. */
  readonly blocksAgain: readonly string[]
}

export interface Round {
  readonly block: AuditedBlock
  readonly results: ReadonlyMap<string, ProtocolResult>
  /** Where the next round goes on; `null` when everybody has been looked at. */
  readonly next: Address | null
  readonly accounts: number
  readonly calls: number
}

const blocksPerRound = 10

/** @returns `null` while nothing of the chain is served. @throws when no node answers, or the block has left the chain meanwhile. */
export async function auditRound(
  database: Database,
  client: PublicClient,
  question: RoundQuestion,
): Promise<Round | null> {
  const read = await database.snapshot((snapshot) => readRows(snapshot, question))
  if (read === null) return null
  const { block, blocks, facts, accounts, rows, next } = read
  const expectations = auditors.flatMap((auditor) =>
    auditor({ chain: question.chain, facts, accounts, time: block.timestamp }),
  )
  const { answers, calls } = await askViews(
    client,
    question.multicall3,
    expectations.map(({ view }) => view),
    block.hash,
  )
  const results = merged([judge(expectations, answers), rows, new Map([['blocks', await checkBlocks(client, blocks)]])])
  return { block, results, next, accounts: accounts.length, calls: calls + blocks.length }
}

async function readRows(
  snapshot: Snapshot,
  { chain, settings, after, accountsAtOnce, again, blocksAgain }: RoundQuestion,
) {
  const schema = (await loadSchemas(snapshot)).get(chain)
  if (schema === undefined) return null
  const { tip } = await loadHead(snapshot, chain, settings, schema, 'latest', null)
  if (tip === null) return null
  const { chainId } = settings
  const [inTurn, blocks, book] = await Promise.all([
    snapshot.rows<{ account: Address }>(
      `SELECT DISTINCT account FROM ${qualify(schema, 'position')} WHERE chain_id = $1 AND account > $2 ORDER BY account LIMIT $3`,
      [chainId, after ?? '', accountsAtOnce],
    ),
    snapshot.rows<{ number: string; hash: Hash; timestamp: string }>(
      `(SELECT number, hash, timestamp FROM ${qualify(schema, 'block')} WHERE chain_id = $1 AND number <= $2 ORDER BY number DESC LIMIT 1)
       UNION
       (SELECT number, hash, timestamp FROM ${qualify(schema, 'block')} WHERE chain_id = $1 AND number <= $2 ORDER BY random() LIMIT $3)
       UNION
       (SELECT number, hash, timestamp FROM ${qualify(schema, 'block')} WHERE chain_id = $1 AND number = ANY($4))`,
      [chainId, tip.blockNumber, blocksPerRound, blocksAgain],
    ),
    loadBook(snapshot, { schema, chainId, blockNumber: tip.blockNumber, poolWindowStart: tip.timestamp }),
  ])
  const accounts = [...new Set([...inTurn.map(({ account }) => account), ...again])]
  const [page, rows] = await Promise.all([
    book.ofAccounts(accounts),
    checkRows(snapshot, { schema, chainId, accounts }),
  ])
  return {
    block: { number: tip.blockNumber, hash: tip.blockHash as Hash, timestamp: BigInt(tip.timestamp) },
    ...{ blocks, accounts, rows },
    facts: { ...book.facts, ...page },
    next: inTurn.length < accountsAtOnce ? null : inTurn.at(-1)!.account,
  }
}

function merged(parts: readonly ReadonlyMap<string, ProtocolResult>[]): ReadonlyMap<string, ProtocolResult> {
  const results = new Map<string, ProtocolResult>()
  for (const [protocol, { checked, unread, drifts }] of parts.flatMap((part) => [...part])) {
    const before = results.get(protocol) ?? { checked: 0, unread: 0, drifts: [] }
    results.set(protocol, {
      checked: before.checked + checked,
      unread: before.unread + unread,
      drifts: [...before.drifts, ...drifts],
    })
  }
  return results
}
