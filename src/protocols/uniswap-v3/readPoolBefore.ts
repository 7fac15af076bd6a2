import type { Address, PublicClient } from 'viem'
import { uniswapV3PoolAbi as abi } from '../../../abis/uniswap-v3/pool'
import type { PoolBefore } from './types'

const MAX_TICK = 887_272
/** Bits of a word of the pool's bitmap. */
const WORD = 256
/** Bytes of calls asked together. */
const batchSize = 32_768

type Pool = { readonly pool: Address; readonly tickSpacing: number; readonly multicall3: Address }

/** Reads price, liquidity, and liquidity by tick as they stood at the end of a block; null when there was no pool, or none with a price yet. */
export async function readPoolBefore(
  client: PublicClient,
  { pool: address, tickSpacing, multicall3 }: Pool,
  blockNumber: bigint,
): Promise<PoolBefore | null> {
  if ((await client.getCode({ address, blockNumber })) === undefined) return null
  const read = { address, abi, blockNumber } as const
  const [sqrtPrice, tick] = await client.readContract({ ...read, functionName: 'slot0' })
  if (sqrtPrice === 0n) return null
  const together = { multicallAddress: multicall3, allowFailure: false, batchSize, blockNumber } as const
  const lastWord = Math.floor(Math.floor(MAX_TICK / tickSpacing) / WORD)
  const words = Array.from({ length: 2 * (lastWord + 1) }, (_, index) => index - lastWord - 1)
  const bitmaps = await client.multicall({
    ...together,
    contracts: words.map((word) => ({ address, abi, functionName: 'tickBitmap', args: [word] }) as const),
  })
  const used = bitmaps.flatMap((bits, index) => bitsOf(bits).map((bit) => (words[index]! * WORD + bit) * tickSpacing))
  const ticks = await client.multicall({
    ...together,
    contracts: used.map((entry) => ({ address, abi, functionName: 'ticks', args: [entry] }) as const),
  })
  const [[tickCumulative]] = await client.readContract({ ...read, functionName: 'observe', args: [[0]] })
  const { timestamp } = await client.getBlock({ blockNumber })
  return {
    sqrtPrice: String(sqrtPrice),
    tick,
    liquidity: String(await client.readContract({ ...read, functionName: 'liquidity' })),
    tickCumulative: String(tickCumulative),
    accruedAt: String(timestamp),
    ticks: used.map((entry, index) => {
      const [liquidityGross, liquidityNet] = ticks[index]!
      return { tick: entry, liquidityNet: String(liquidityNet), liquidityGross: String(liquidityGross) }
    }),
  }
}

function bitsOf(word: bigint): readonly number[] {
  return Array.from({ length: WORD }, (_, bit) => bit).filter((bit) => (word >> BigInt(bit)) & 1n)
}
