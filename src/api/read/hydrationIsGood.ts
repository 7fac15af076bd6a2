import { checkpointBlock } from './checkpointBlock'
import type { OpeningFact } from './facts'
import { qualify } from './qualify'

/** The last block before the index of everything that is older than it has begun: what was read earlier may have changed unseen. */
export function lastOpening(openings: readonly Pick<OpeningFact, 'blockNumber'>[]): bigint {
  return openings.reduce((last, { blockNumber }) => (BigInt(blockNumber) > last ? BigInt(blockNumber) : last), 0n)
}

/**
 * SQL that holds of a hydration `h` of the chain `$1` if it was read at a block of the chain as the schema knows it, and no earlier than the index of what it was read of begins.
 * @param openings what of the chain is older than its index.
 */
export function hydrationStands(schema: string, openings: readonly Pick<OpeningFact, 'blockNumber'>[]): string {
  return `h.block_number >= ${lastOpening(openings)} AND NOT EXISTS (
    SELECT FROM ${qualify(schema, 'block')} b WHERE b.chain_id = $1 AND b.number = h.block_number AND b.hash <> h.block_hash
  )`
}

/** The same of one whose block the index has reached, so that whatever had changed by then has a row: what was read is good for answers. */
export function hydrationIsGood(schema: string, openings: readonly Pick<OpeningFact, 'blockNumber'>[]): string {
  return `h.contracts <> '{}' AND ${hydrationStands(schema, openings)} AND h.block_number <= ${checkpointBlock(schema)}`
}
