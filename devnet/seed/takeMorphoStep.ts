import type { Address } from 'viem'
import { amountOf } from '../amountOf'
import { readContract } from '../chain/readContract'
import type { Call } from '../chain/types'
import type { ByAsset, MorphoBlue } from '../deploy/types'
import { actOnMorpho } from '../operations/actOnMorpho'
import { approve } from '../operations/approve'
import { mintTokens } from '../operations/mintTokens'
import type { MorphoStep } from './shapes'
import type { SeedingChain } from './takeStep'

const wad = 10n ** 18n
const priceScale = 10n ** 36n

/** The transactions of one step in a Morpho market. */
export async function takeMorphoStep(
  { chain, contracts }: SeedingChain,
  morpho: MorphoBlue,
  account: Address,
  step: MorphoStep,
  prices: ByAsset<bigint>,
): Promise<readonly Call[]> {
  const market = morpho.markets[step.market]
  const { collateral, loan, oracle, params } = market
  switch (step.kind) {
    case 'morpho': {
      const { act: kind, usd } = step
      const asset = kind === 'supplyCollateral' ? collateral! : loan
      const assets = amountOf(asset, usd, prices[asset])
      const action = actOnMorpho(morpho, market, account, { kind, assets })
      if (kind === 'borrow') return [action]
      const token = contracts.tokens[asset]
      return [mintTokens(token, account, assets), approve(token, account, morpho.core.address), action]
    }
    case 'morphoBorrowTo': {
      const [, , pledged] = await readContract<readonly bigint[]>(chain, morpho.core, 'position', [market.id, account])
      const price = await readContract<bigint>(chain, oracle!, 'price')
      const owed = await readContract<bigint>(chain, morpho.lens, 'borrowAssets', [market.id, account])
      const limit = (((pledged! * price) / priceScale) * params.lltv) / wad
      const more = (limit * 1_000_000n) / BigInt(Math.round(step.healthFactor * 1_000_000)) - owed
      return more > 0n ? [actOnMorpho(morpho, market, account, { kind: 'borrow', assets: more })] : []
    }
  }
}
