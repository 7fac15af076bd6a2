import { type Address, maxUint256 } from 'viem'
import { type AssetSymbol, assetSymbols, assets } from '../../devnet/assets'
import { contractCall } from '../../devnet/chain/contractCall'
import type { LocalChain } from '../../devnet/chain/types'
import type { Random } from '../../devnet/random'
import { delegateOf } from '../actions/delegateOf'
import type { SimulatedContracts } from '../types'
import { laterUnits, unitsFor } from './funds'
import type { LaterReserve } from './types'

const dollarsPerActor = 3_000_000
const variableRate = 2n

/** Funds and approves every actor, and delegates credit in a ring. */
export async function fundActors(
  chain: LocalChain,
  { aave, tokens, vaults }: SimulatedContracts,
  actors: readonly Address[],
  laterReserves: readonly LaterReserve[],
): Promise<void> {
  for (const [index, actor] of actors.entries()) {
    for (const symbol of assetSymbols) {
      await chain.send(contractCall(actor, tokens[symbol], 'mint', [actor, unitsFor(symbol, dollarsPerActor)]))
      await chain.send(contractCall(actor, tokens[symbol], 'approve', [aave.pool.address, maxUint256]))
      const { variableDebtToken } = aave.reserves[symbol]
      await chain.send(
        contractCall(actor, variableDebtToken, 'approveDelegation', [delegateOf(actors, actor), maxUint256]),
      )
    }
    for (const { role, token } of laterReserves) {
      const units = laterUnits(role, aave.version, index)
      if (units > 0n) await chain.send(contractCall(actor, token, 'mint', [actor, units]))
      await chain.send(contractCall(actor, token, 'approve', [aave.pool.address, maxUint256]))
    }
    for (const vault of Object.values(vaults)) {
      await chain.send(contractCall(actor, tokens[vault.asset], 'approve', [vault.address, maxUint256]))
      await chain.send(contractCall(actor, aave.reserves[vault.asset].aToken, 'approve', [vault.address, maxUint256]))
    }
    await chain.mine()
  }
}

/** Everybody supplies something; most then borrow another asset, so that the walk begins among debts. */
export async function openPositions(
  chain: LocalChain,
  { aave }: SimulatedContracts,
  actors: readonly Address[],
  random: Random,
): Promise<void> {
  const supplied = new Map<Address, { symbol: AssetSymbol; dollars: number }>()
  for (const actor of actors) {
    const choice = { symbol: random.pick(assetSymbols), dollars: Math.round(random.logBetween(5_000, 500_000)) }
    supplied.set(actor, choice)
    const token = aave.reserves[choice.symbol].underlying.address
    await chain.send(
      contractCall(actor, aave.pool, 'supply', [token, unitsFor(choice.symbol, choice.dollars), actor, 0]),
    )
  }
  await chain.mine()
  for (const [actor, { symbol, dollars }] of supplied) {
    if (random.next() < 0.25) continue
    const borrowed = random.pick(assetSymbols.filter((other) => other !== symbol))
    const amount = unitsFor(borrowed, Math.round(dollars * random.between(0.3, 0.7)))
    const token = aave.reserves[borrowed].underlying.address
    await chain.send(contractCall(actor, aave.pool, 'borrow', [token, amount, variableRate, 0, actor]))
  }
  await chain.mine({ allowReverts: true })
}

/** These hold isolated collateral only, and owe what may be borrowed against it. */
export async function openIsolatedPositions(
  chain: LocalChain,
  { aave }: SimulatedContracts,
  actors: readonly Address[],
  isolated: LaterReserve,
): Promise<void> {
  const asset = isolated.token.address
  const borrowed = aave.reserves.USDC.underlying.address
  for (const actor of actors) {
    await chain.send(contractCall(actor, aave.pool, 'supply', [asset, 4_000n * 10n ** 18n, actor, 0]))
    await chain.send(contractCall(actor, aave.pool, 'setUserUseReserveAsCollateral', [asset, true]))
  }
  await chain.mine()
  for (const actor of actors) {
    const amount = (assets.USDC.initialPrice * 20_000n * 10n ** 6n) / 10n ** 8n
    await chain.send(contractCall(actor, aave.pool, 'borrow', [borrowed, amount, variableRate, 0, actor]))
  }
  await chain.mine()
}
