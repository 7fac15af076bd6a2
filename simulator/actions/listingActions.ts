import { maxUint256 } from 'viem'
import { contractCall } from '../../devnet/chain/contractCall'
import type { Contract } from '../../devnet/chain/types'
import type { Preparation } from '../preparation/types'
import type { Action, ProposedCall, World } from '../types'
import { anyPlace, anyReserve, isOpen, placesWhere, reserveIn } from './look'

/** Reserves that come and go, and tokens that get a new implementation. */
export function listingActions({ owner, governor, laterReserves, upgrades }: Preparation): readonly Action[] {
  const passing = laterReserves.filter(({ role }) => role === 'passing')
  const upgradedAlready = new Set<string>()
  return [
    {
      name: 'list a reserve',
      eagerness: 4,
      propose: (world) => {
        const unlisted = laterReserves.filter(({ token }) => reserveIn(world.truth, token.address) === null)
        if (unlisted.length === 0) return null
        const { listing } = world.random.pick(unlisted)
        const calls = listing.map(({ to, data }) => ({ target: to, callData: data }))
        return contractCall(owner, governor, 'aggregate', [calls])
      },
    },
    {
      name: 'drop a reserve',
      eagerness: 4,
      propose: (world) => {
        const listed = passing.flatMap(({ token }) => reserveIn(world.truth, token.address) ?? [])
        if (listed.length === 0 || !isOpen(listed[0]!)) return null
        const { asset } = listed[0]!
        const { pool, configurator } = world.contracts.aave
        const holders = placesWhere(
          world.truth,
          ({ reserve, holding }) => reserve.asset === asset && holding.supply > 0n,
        )
        return [
          ...holders.map(({ account: { account } }) => ({
            ...contractCall(account, pool, 'withdraw', [asset, maxUint256, account]),
            countsAs: 'withdraw all',
          })),
          contractCall(owner, configurator, 'dropReserve', [asset]),
        ]
      },
    },
    upgrade('upgrade an aToken', 'updateAToken', 'aToken', ({ contracts: { aave } }) =>
      aave.version === '3.0'
        ? { treasury: aave.treasury.address, incentivesController: aave.implementations.incentivesController }
        : {},
    ),
    upgrade('upgrade a debt token', 'updateVariableDebtToken', 'variableDebtToken', ({ contracts: { aave } }) =>
      aave.version === '3.0' ? { incentivesController: aave.implementations.incentivesController } : {},
    ),
  ]

  /** Between two movements of the same token in the same block. A token upgraded twice would revert. */
  function upgrade(
    name: string,
    functionName: string,
    side: 'aToken' | 'variableDebtToken',
    rest: (world: World) => object,
  ): Action {
    return {
      name,
      eagerness: 3,
      propose: (world) => {
        const reserve = anyReserve(
          world,
          (candidate) => isOpen(candidate) && !upgradedAlready.has(candidate[side].address),
        )
        if (reserve === null) return null
        // A reorg may undo it; trying each token twice is harmless, never trying again would be a waste.
        if (world.random.next() < 0.7) upgradedAlready.add(reserve[side].address)
        const symbol = reserve.asset.slice(2, 8)
        const input = {
          asset: reserve.asset,
          name: `Next ${side} ${symbol}`,
          symbol: `next${symbol}`,
          implementation: upgrades[side],
          params: '0x10',
          ...rest(world),
        }
        const upgradeCall = contractCall(owner, world.contracts.aave.configurator, functionName, [input])
        return [...movement(world, reserve[side]), upgradeCall, ...movement(world, reserve[side])]
      },
    }
  }
}

/** Somebody moves a little of the token: an aToken is transferred, a debt repaid. */
function movement(world: World, token: Contract): readonly ProposedCall[] {
  const place = anyPlace(
    world,
    ({ account, reserve, holding }) =>
      (reserve.aToken.address === token.address && holding.supply > 100n && account.healthFactor > 12n * 10n ** 17n) ||
      (reserve.variableDebtToken.address === token.address && holding.debt > 100n && holding.wallet > 100n),
  )
  if (place === null) return []
  const { account } = place.account
  if (place.reserve.aToken.address === token.address) {
    const receiver = world.random.pick(world.actors)
    const amount = place.holding.supply / BigInt(world.random.integer(20, 200))
    return [{ ...contractCall(account, token, 'transfer', [receiver, amount]), countsAs: 'transfer aToken' }]
  }
  const amount = place.holding.debt / BigInt(world.random.integer(20, 200)) + 1n
  const { pool } = world.contracts.aave
  const arguments_ = [place.reserve.asset, amount, 2n, account]
  return [{ ...contractCall(account, pool, 'repay', arguments_), countsAs: 'repay' }]
}
