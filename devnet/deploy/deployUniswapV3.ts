import { type Address, encodeAbiParameters, getCreate2Address, keccak256 } from 'viem'
import { assets } from '../assets'
import { contractCall } from '../chain/contractCall'
import { deployContract } from '../chain/deployContract'
import type { LocalChain } from '../chain/types'
import type { DevnetArtifacts } from '../compile/loadArtifacts'
import { sqrtPriceAt } from '../operations/swapTo'
import { type DevnetPool, type ListedPool, poolNames, pools as poolTerms } from '../pools'
import type { ByAsset, Exchange, Foundation, Pool } from './types'

/** Deploys Uniswap v3 with its pools, opened at the given prices (dollars with 8 decimals) and filled; two blocks. */
export async function deployUniswapV3(
  chain: LocalChain,
  { own, uniswapV3 }: Pick<DevnetArtifacts, 'own' | 'uniswapV3'>,
  owner: Address,
  { tokens }: Foundation,
  prices: ByAsset<bigint>,
): Promise<Exchange> {
  const { UniswapV3Factory, UniswapV3Pool, QuoterV2 } = uniswapV3
  const factory = await deployContract(chain, owner, UniswapV3Factory)
  const quoter = await deployContract(chain, owner, QuoterV2, [factory.address, tokens.WETH.address])
  const operator = await deployContract(chain, owner, own.PoolOperator)
  await chain.send(contractCall(owner, factory, 'enableFeeAmount', [100, 1]))
  const { number } = await chain.mine()

  const pools = {} as Record<ListedPool, Pool>
  for (const name of poolNames) {
    const { base, quote, fee } = poolTerms[name]
    const isBaseFirst = tokens[base].address.toLowerCase() < tokens[quote].address.toLowerCase()
    const [first, second] = isBaseFirst ? [tokens[base], tokens[quote]] : [tokens[quote], tokens[base]]
    const key = encodeAbiParameters(
      [{ type: 'address' }, { type: 'address' }, { type: 'uint24' }],
      [first.address, second.address, fee],
    )
    const address = getCreate2Address({
      from: factory.address,
      salt: keccak256(key),
      bytecodeHash: keccak256(UniswapV3Pool.bytecode),
    })
    const pool: Pool = {
      address,
      abi: UniswapV3Pool.abi,
      base,
      quote,
      fee,
      isBaseFirst,
      startBlock: Number(number) + 1,
    }
    await chain.send(contractCall(owner, factory, 'createPool', [first.address, second.address, fee]))
    const price = sqrtPriceAt(pool, prices[base], prices[quote])
    await chain.send(contractCall(owner, pool, 'initialize', [price]))
    for (const { lower, upper, liquidity } of ranges(poolTerms[name], pool, prices)) {
      await chain.send(contractCall(owner, operator, 'provide', [address, lower, upper, liquidity]))
    }
    pools[name] = pool
  }
  await chain.mine()
  return { factory, quoter, operator, pools }
}

/** The positions of a pool around the price it opens at. */
function ranges({ base, quote, tickSpacing, positions }: DevnetPool, { isBaseFirst }: Pool, prices: ByAsset<bigint>) {
  const units = (symbol: typeof base) => 10 ** assets[symbol].decimals / (Number(prices[symbol]) / 1e8)
  const [unitsFirst, unitsSecond] = isBaseFirst ? [units(base), units(quote)] : [units(quote), units(base)]
  const price = unitsSecond / unitsFirst
  const aligned = (tick: number) => Math.round(tick / tickSpacing) * tickSpacing
  const tickAt = (factor: number) => aligned(Math.log(price * factor) / Math.log(1.0001))
  return positions.map(({ reach, usd }) => ({
    lower: tickAt(1 / reach),
    upper: tickAt(reach),
    // A position worth V of the second token at the middle of its range has liquidity V ÷ (2·√price·(1 − 1/√reach)).
    liquidity: BigInt(Math.round((usd * unitsSecond) / (2 * Math.sqrt(price) * (1 - 1 / Math.sqrt(reach))))),
  }))
}
