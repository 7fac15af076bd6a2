import type pg from 'pg'
import type { PublicClient } from 'viem'
import type { ChainConfig } from '../../config/schema'
import { finalBlock } from '../../hydration/finalBlock'
import { keepStartBlock, knownStartBlock } from './deployments'

/**
 * The block at which a chain's index begins. `tip` is resolved once and kept: later schemas, made by other code or configuration, begin where the first did, and what was
 * read then stays good. It is the newest final block rather than the newest, so that what stood before it can be read at once and no reorg takes it back.
 * @throws a viem error when no node answers.
 */
export async function startBlockOf(
  pool: pg.Pool,
  chain: string,
  { startBlock }: Pick<ChainConfig, 'startBlock'>,
  client: PublicClient,
): Promise<number> {
  if (startBlock !== 'tip') return startBlock
  return (await knownStartBlock(pool, chain)) ?? keepStartBlock(pool, chain, Number((await finalBlock(client)).number))
}
