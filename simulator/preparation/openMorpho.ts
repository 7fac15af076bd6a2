import { type Address, maxUint256 } from 'viem'
import { assetSymbols } from '../../devnet/assets'
import { contractCall } from '../../devnet/chain/contractCall'
import type { LocalChain } from '../../devnet/chain/types'
import { actOnMorpho } from '../../devnet/operations/actOnMorpho'
import type { SimulatedContracts } from '../types'
import { unitsFor } from './funds'

const lentDollars = 150_000
const pledgedDollars = 20_000

/** Everybody may use Morpho; some lend to every market, others pledge and borrow, so that the walk begins among debts. */
export async function openMorpho(
  chain: LocalChain,
  { morpho, tokens }: SimulatedContracts,
  actors: readonly Address[],
): Promise<void> {
  for (const actor of actors) {
    for (const symbol of assetSymbols)
      await chain.send(contractCall(actor, tokens[symbol], 'approve', [morpho.core.address, maxUint256]))
  }
  for (const symbol of ['USDC', 'WETH'] as const)
    await chain.send(contractCall(actors[0]!, tokens[symbol], 'mint', [morpho.flashBorrower.address, 1_000n]))
  const markets = Object.values(morpho.markets)
  for (const [index, market] of markets.entries()) {
    const lender = actors[index % actors.length]!
    const lent = unitsFor(market.loan, lentDollars)
    await chain.send(actOnMorpho(morpho, market, lender, { kind: 'supply', assets: lent }))
    if (market.collateral === null) continue
    for (const borrower of actors.slice(4, 8)) {
      const pledged = unitsFor(market.collateral, pledgedDollars)
      await chain.send(actOnMorpho(morpho, market, borrower, { kind: 'supplyCollateral', assets: pledged }))
      const borrowed = unitsFor(market.loan, pledgedDollars / 2)
      await chain.send(actOnMorpho(morpho, market, borrower, { kind: 'borrow', assets: borrowed }))
    }
  }
  await chain.mine()
}
