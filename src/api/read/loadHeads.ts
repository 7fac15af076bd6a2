import { checkpointBlock } from './checkpointBlock'
import type { ChainHead, Fault, IndexedBlock, Tier, TierBlock, TierBlocks } from './cut'
import type { Snapshot } from './database'
import { qualify } from './qualify'
import type { Witness } from './witness'

/** What the loader must know about a configured chain. */
export interface ChainSettings {
  readonly chainId: number
  readonly required: boolean
  readonly maxLagSeconds: number
  /** How many nodes are asked, one when absent; with several, a block counts when none of them has another in its place. */
  readonly nodes?: number
}

export interface LoadedHead extends ChainHead {
  readonly schema: string | null
  /** The tier `tip` was chosen under. */
  readonly finality: Tier
}

interface BlockRow {
  readonly number: string
  readonly hash: string
  readonly timestamp: string
}

/** How far one chain is indexed, and its newest block under `tier`. Without known tags the newest block stands in and `finality` says so. */
export async function loadHead(
  snapshot: Snapshot,
  chain: string,
  settings: ChainSettings,
  schema: string | null,
  tier: Tier,
  tiers: TierBlocks | null,
  witness: Witness | null = null,
): Promise<LoadedHead> {
  const { chainId, required, maxLagSeconds, nodes = 1 } = settings
  const base = { chain, schema, required, maxLagSeconds }
  if (schema === null)
    return { ...base, newest: null, oldest: null, tip: null, reached: null, fault: null, finality: 'latest' }
  const confirmed = nodes > 1 ? (witness?.confirmed ?? unconfirmed) : null
  const ceiling = tier === 'latest' ? null : (tiers?.[tier] ?? null)
  const [newest, oldest, tierTip, sharesSeconds, ...faults] = await Promise.all([
    loadLastBlock(snapshot, schema, chainId, confirmed),
    loadFirstBlock(snapshot, schema, chainId),
    ceiling === null ? null : loadLastBlock(snapshot, schema, chainId, lower(ceiling, confirmed)),
    doBlocksShareSeconds(snapshot, schema, chainId),
    doubtFault(snapshot, schema, chainId, witness),
    forkFault(snapshot, schema, chainId, tiers),
    confirmed === null ? null : unconfirmedFault(snapshot, schema, chainId, confirmed),
  ])
  const tip = ceiling === null ? newest : tierTip
  return {
    ...base,
    newest,
    oldest,
    tip,
    reached: tip === null ? null : tip.timestamp - (sharesSeconds ? 1 : 0),
    fault: faults.find((fault) => fault !== null) ?? null,
    finality: ceiling === null ? 'latest' : tier,
  }
}

/** The last block whose events are all in, at or below `ceiling`. */
async function loadLastBlock(
  snapshot: Snapshot,
  schema: string,
  chainId: number,
  ceiling: TierBlock | null,
): Promise<IndexedBlock | null> {
  const [row] = await snapshot.rows<BlockRow>(
    `SELECT number, hash, timestamp FROM ${qualify(schema, 'block')}
     WHERE chain_id = $1 AND number <= LEAST($2, ${checkpointBlock(schema)}) ORDER BY number DESC LIMIT 1`,
    [chainId, ceiling?.blockNumber ?? 'Infinity'],
  )
  return toBlock(row)
}

async function loadFirstBlock(snapshot: Snapshot, schema: string, chainId: number): Promise<IndexedBlock | null> {
  const [row] = await snapshot.rows<BlockRow>(
    `SELECT number, hash, timestamp FROM ${qualify(schema, 'block')} WHERE chain_id = $1 ORDER BY number LIMIT 1`,
    [chainId],
  )
  return toBlock(row)
}

/** How many of the newest blocks are looked at: a chain with several blocks per second shows it in any of them. */
const blocksLookedAt = 32

async function doBlocksShareSeconds(snapshot: Snapshot, schema: string, chainId: number): Promise<boolean> {
  const [row] = await snapshot.rows<{ shares: boolean }>(
    `SELECT count(*) > count(DISTINCT timestamp) AS shares FROM (
       SELECT timestamp FROM ${qualify(schema, 'block')} WHERE chain_id = $1 ORDER BY number DESC LIMIT ${blocksLookedAt}
     ) newest`,
    [chainId],
  )
  return row?.shares ?? false
}

/** A final block of the RPC's whose hash we hold differently: what we indexed is a dead fork. */
async function forkFault(
  snapshot: Snapshot,
  schema: string,
  chainId: number,
  tiers: TierBlocks | null,
): Promise<Fault | null> {
  const final = tiers?.finalized ?? null
  if (final === null) return null
  const hash = await loadBlockHash(snapshot, schema, chainId, final.blockNumber)
  if (hash === null || hash === final.blockHash) return null
  return {
    reasonCode: 'CHAIN_REORG',
    detail: `block ${final.blockNumber} is final as ${final.blockHash} but indexed as ${hash}`,
  }
}

/** No block has this number. */
const unconfirmed: TierBlock = { blockNumber: '-1', blockHash: '' }

/** The block that was confirmed is no longer in the table: what stands there now is not confirmed yet. */
async function unconfirmedFault(
  snapshot: Snapshot,
  schema: string,
  chainId: number,
  confirmed: TierBlock,
): Promise<Fault | null> {
  if ((await loadBlockHash(snapshot, schema, chainId, confirmed.blockNumber)) === confirmed.blockHash) return null
  return confirmed === unconfirmed
    ? { reasonCode: 'CHAIN_UNREACHABLE', detail: 'no node has confirmed an indexed block yet' }
    : {
        reasonCode: 'CHAIN_REORG',
        detail: `block ${confirmed.blockNumber} is being replaced; nothing after it is confirmed`,
      }
}

/** A node has another block in the place of one that is still indexed. */
async function doubtFault(
  snapshot: Snapshot,
  schema: string,
  chainId: number,
  witness: Witness | null,
): Promise<Fault | null> {
  if (witness === null || witness.doubt === null) return null
  const { block, reasonCode, detail } = witness.doubt
  const hash = await loadBlockHash(snapshot, schema, chainId, block.blockNumber)
  return hash === block.blockHash ? { reasonCode, detail } : null
}

function lower(a: TierBlock, b: TierBlock | null): TierBlock {
  return b !== null && BigInt(b.blockNumber) < BigInt(a.blockNumber) ? b : a
}

/** The hash a block is indexed under, or `null` when it is not in the table. */
export async function loadBlockHash(
  snapshot: Snapshot,
  schema: string,
  chainId: number,
  blockNumber: string,
): Promise<string | null> {
  const [row] = await snapshot.rows<{ hash: string }>(
    `SELECT hash FROM ${qualify(schema, 'block')} WHERE chain_id = $1 AND number = $2`,
    [chainId, blockNumber],
  )
  return row?.hash ?? null
}

/** The last block at or before `time`, by bisection on the primary key: blocks are ordered in time. */
export async function loadBlockAt(
  snapshot: Snapshot,
  schema: string,
  chainId: number,
  time: number,
): Promise<IndexedBlock | null> {
  const table = qualify(schema, 'block')
  const [row] = await snapshot.rows<BlockRow>(
    `WITH RECURSIVE search (low, high) AS (
       SELECT min(number), max(number) FROM ${table} WHERE chain_id = $1
       UNION ALL
       SELECT CASE WHEN early THEN found ELSE low END, CASE WHEN early THEN high ELSE middle - 1 END
       FROM (
         SELECT low, high, middle, probe.number AS found, COALESCE(probe.number <= high AND probe.timestamp <= $2, false) AS early
         FROM (SELECT low, high, div(low + high + 1, 2) AS middle FROM search WHERE low < high) halves
         LEFT JOIN LATERAL (
           SELECT number, timestamp FROM ${table} WHERE chain_id = $1 AND number >= middle ORDER BY number LIMIT 1
         ) probe ON true
       ) step
     )
     SELECT number, hash, timestamp FROM ${table}
     WHERE chain_id = $1 AND number = (SELECT low FROM search WHERE low >= high) AND timestamp <= $2`,
    [chainId, time],
  )
  return toBlock(row)
}

/** The timestamp of one indexed block, or `null` when it is not in the table. */
export async function loadBlockTime(
  snapshot: Snapshot,
  schema: string,
  chainId: number,
  blockNumber: string,
): Promise<number | null> {
  const [row] = await snapshot.rows<{ timestamp: string }>(
    `SELECT timestamp FROM ${qualify(schema, 'block')} WHERE chain_id = $1 AND number = $2`,
    [chainId, blockNumber],
  )
  return row === undefined ? null : Number(row.timestamp)
}

function toBlock(row: BlockRow | undefined): IndexedBlock | null {
  if (row === undefined) return null
  return { blockNumber: row.number, blockHash: row.hash, timestamp: Number(row.timestamp) }
}
