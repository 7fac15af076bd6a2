import type { Address } from 'viem'
import { assetSymbols, assets } from '../assets'
import type { LocalChain } from '../chain/types'
import { configureEMode } from './configureEMode'
import type { AaveV30Artifacts } from './deployAaveV30'
import { listReserves } from './listReserves'
import { readReserve } from './readReserve'
import type { AaveCore, AaveMarket, Foundation } from './types'

/** Lists and configures the reserves every local market begins with; one block. */
export async function listInitialReserves(
  chain: LocalChain,
  artifacts: Pick<AaveV30Artifacts, 'DefaultReserveInterestRateStrategy'>,
  owner: Address,
  core: AaveCore,
  tokens: Foundation['tokens'],
): Promise<AaveMarket> {
  const listings = assetSymbols.map((symbol) => ({
    symbol,
    decimals: assets[symbol].decimals,
    underlying: tokens[symbol],
    parameters: assets[symbol].reserve,
  }))
  await listReserves(chain, artifacts, owner, core, listings)
  await configureEMode(chain, owner, core, tokens)
  await chain.mine()
  const reserves = await Promise.all(
    assetSymbols.map(async (symbol) => [symbol, await readReserve(chain, core, tokens[symbol])] as const),
  )
  return { ...core, reserves: Object.fromEntries(reserves) as unknown as AaveMarket['reserves'] }
}
