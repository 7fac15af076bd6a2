import { maxUint256, stringToHex } from 'viem'
import { contractCall } from '../../devnet/chain/contractCall'
import { readContract } from '../../devnet/chain/readContract'
import type { Action, World } from '../types'
import { anyPlace, anyReserve, isCollateral, isOpen, placesWhere } from './look'

const one = 10n ** 18n

/** Repays as much of somebody's debt as the pool allows and takes the collateral. */
function liquidate(world: World, receiveAToken: boolean) {
  const debt = anyPlace(
    world,
    ({ account, reserve, holding }) =>
      account.healthFactor < one && holding.debt + holding.stableDebt > 0n && isOpen(reserve),
  )
  if (debt === null) return null
  const pledges = placesWhere(
    world.truth,
    (place) =>
      place.account === debt.account && place.holding.supply > 0n && isCollateral(place) && isOpen(place.reserve),
  )
  if (pledges.length === 0) return null
  const debtor = debt.account.account
  const liquidators = world.truth.accounts.filter(
    ({ account, holdings }) => account !== debtor && holdings[debt.reserveIndex]!.wallet > 0n,
  )
  if (liquidators.length === 0) return null
  const pledge = world.random.pick(pledges)
  return contractCall(world.random.pick(liquidators).account, world.contracts.aave.pool, 'liquidationCall', [
    pledge.reserve.asset,
    debt.reserve.asset,
    debtor,
    world.random.next() < 0.7 ? maxUint256 : debt.holding.debt / 4n + 1n,
    receiveAToken,
  ])
}

/** The id under which the addresses provider keeps who may cover deficits: text, not its hash. */
export const umbrellaId = stringToHex('UMBRELLA', { size: 32 })

export const liquidationActions: readonly Action[] = [
  { name: 'liquidate for the underlying', eagerness: 6, propose: (world) => liquidate(world, false) },
  { name: 'liquidate for aTokens', eagerness: 6, propose: (world) => liquidate(world, true) },
  {
    name: 'cover a deficit',
    eagerness: 6,
    versions: ['3.6'],
    propose: async (world) => {
      const reserve = anyReserve(world, ({ deficit }) => deficit > 0n)
      if (reserve === null) return null
      const { aave } = world.contracts
      const umbrella = await readContract<`0x${string}`>(world.chain, aave.addressesProvider, 'getAddress', [
        umbrellaId,
      ])
      const amount = world.random.next() < 0.5 ? reserve.deficit : reserve.deficit / 2n + 1n
      return contractCall(umbrella, aave.pool, 'eliminateReserveDeficit', [reserve.asset, amount])
    },
  },
]
