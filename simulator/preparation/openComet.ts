import { type Address, maxUint256 } from 'viem'
import { assetSymbols } from '../../devnet/assets'
import { contractCall } from '../../devnet/chain/contractCall'
import type { LocalChain } from '../../devnet/chain/types'
import { cometCollateral } from '../../devnet/deploy/types'
import { actOnComet } from '../../devnet/operations/actOnComet'
import type { SimulatedContracts } from '../types'
import { unitsFor } from './funds'

/** Of each lender: the walk begins with nearly all of it borrowed, beyond the kinks of the rates. */
const lentDollars = 22_000
const pledgedDollars = 20_000

/** Everybody may use the Comet; some supply to it, others pledge and borrow, so that the walk begins among debts. */
export async function openComet(
  chain: LocalChain,
  { comet, tokens }: SimulatedContracts,
  actors: readonly Address[],
): Promise<void> {
  for (const actor of actors) {
    for (const symbol of assetSymbols)
      await chain.send(contractCall(actor, tokens[symbol], 'approve', [comet.core.address, maxUint256]))
  }
  for (const lender of actors.slice(0, 3)) {
    const amount = unitsFor('USDC', lentDollars)
    await chain.send(actOnComet(comet, lender, { kind: 'supply', token: tokens.USDC, amount }))
  }
  for (const [index, symbol] of cometCollateral.entries()) {
    for (const borrower of actors.slice(4 + 2 * index, 6 + 2 * index)) {
      const amount = unitsFor(symbol, pledgedDollars)
      await chain.send(actOnComet(comet, borrower, { kind: 'supply', token: tokens[symbol], amount }))
      const borrowed = unitsFor('USDC', pledgedDollars / 2)
      await chain.send(actOnComet(comet, borrower, { kind: 'withdraw', token: tokens.USDC, amount: borrowed }))
    }
  }
  await chain.mine()
}
