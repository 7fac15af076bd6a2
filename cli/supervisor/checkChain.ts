import type pg from 'pg'
import type { PublicClient } from 'viem'
import type { ChainConfig } from '../../config/schema'
import { keepChainStart } from './deployments'

/** The RPC answers for another chain than the one configured or the one this database was built from. */
export class WrongChainError extends Error {
  override readonly name = 'WrongChainError'
}

/**
 * Compares chain id and genesis with the configuration and with what this database was built from.
 * @throws WrongChainError when they differ; a viem error when no RPC answers.
 */
export async function checkChain(
  pool: pg.Pool,
  chain: string,
  config: ChainConfig,
  client: PublicClient,
): Promise<void> {
  const chainId = await client.getChainId()
  if (chainId !== config.chainId) {
    throw new WrongChainError(
      `the RPC serves chain id ${chainId}, the configuration says ${config.chainId}; correct /chains/${chain}/chainId or /chains/${chain}/rpc`,
    )
  }
  const { hash } = await client.getBlock({ blockNumber: 0n })
  if (hash === null) return
  const known = await keepChainStart(pool, chain, { chainId, genesisHash: hash })
  if (known.genesisHash !== hash || known.chainId !== chainId) {
    throw new WrongChainError(
      `the RPC serves another chain than this database was built from (genesis ${hash}, not ${known.genesisHash}); ` +
        'correct the RPC, or set CROSSMARGIN_DATA_DIR (or DATABASE_URL) to another place for this chain',
    )
  }
}
