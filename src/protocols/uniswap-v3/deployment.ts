import type { Address, PublicClient } from 'viem'
import { uniswapV3PoolAbi as abi } from '../../../abis/uniswap-v3/pool'
import { readToken } from '../../runtime/readToken'
import type { ResolveContext } from '../protocol'
import { readPoolBefore } from './readPoolBefore'
import type { ResolvedPool, ResolvedToken, ResolvedUniswapV3 } from './types'

/** A configured pool does not answer like one, or is older than what is indexed of it. */
export class PoolError extends Error {
  override readonly name = 'PoolError'
}

/** Asks every configured pool for what never changes. */
export async function resolveUniswapV3(context: ResolveContext): Promise<ResolvedUniswapV3> {
  const pools = context.config.uniswapV3.map(({ pool }) => resolvePool(context, pool))
  return { pools: await Promise.all(pools) }
}

async function resolvePool({ client, multicall3, startOf }: ResolveContext, pool: Address): Promise<ResolvedPool> {
  const startBlock = startOf('uniswapV3')
  if (multicall3 === null) await requireYounger(client, pool, startBlock)
  const read = { address: pool, abi } as const
  const [first, second, fee, tickSpacing] = await Promise.all([
    client.readContract({ ...read, functionName: 'token0' }),
    client.readContract({ ...read, functionName: 'token1' }),
    client.readContract({ ...read, functionName: 'fee' }),
    client.readContract({ ...read, functionName: 'tickSpacing' }),
  ]).catch((error: unknown) => {
    throw new PoolError(`uniswapV3 pool ${pool} does not answer like a pool; check the address. ${String(error)}`)
  })
  const [token0, token1] = await Promise.all([resolveToken(client, first), resolveToken(client, second)])
  const before =
    multicall3 === null || startBlock === 0
      ? null
      : await readPoolBefore(client, { pool, tickSpacing, multicall3 }, BigInt(startBlock - 1))
  return { pool, token0, token1, fee, tickSpacing, startBlock, before }
}

/** A pool's liquidity stands in thousands of ticks. Without Multicall3 each would be a question of its own, and what is not read would be missing from every figure. */
async function requireYounger(client: PublicClient, pool: Address, startBlock: number): Promise<void> {
  if (startBlock === 0) return
  const code = await client.getCode({ address: pool, blockNumber: BigInt(startBlock - 1) })
  if (code !== undefined)
    throw new PoolError(
      `uniswapV3 pool ${pool} is older than block ${startBlock}, where its index would begin, and the chain has no Multicall3 to read it with; name one, set its startBlock, and the chain's, to the block of its creation or before, or remove it.`,
    )
}

async function resolveToken(client: PublicClient, token: Address): Promise<ResolvedToken> {
  const address = token.toLowerCase() as Address
  return { address, ...(await readToken(client, address)) }
}
