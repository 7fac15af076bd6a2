import { maxUint256 } from 'viem'
import { contractCall } from '../../devnet/chain/contractCall'
import type { Preparation } from '../preparation/types'
import type { Action } from '../types'
import { clearDebts, giveCredit } from './accountHelp'
import { borrowSomething, owesVariable } from './borrowActions'
import { anotherActor, anyPlace, canBorrow, isFrozen, isOpen, type Place, partOf } from './look'

const variable = 2n
const isSafe = ({ account }: Place) => account.healthFactor > 13n * 10n ** 17n
const canSupply = ({ reserve, holding }: Place) => isOpen(reserve) && !isFrozen(reserve) && holding.wallet > 0n

/** Amounts at the ends of the scale, and accounts that pass through. */
export function edgeActions({ laterReserves }: Preparation): readonly Action[] {
  const huge = laterReserves.find(({ role }) => role === 'huge')!.token.address.toLowerCase()
  const isHuge = ({ reserve }: Place) => reserve.asset.toLowerCase() === huge
  return [
    {
      name: 'supply a few wei',
      propose: (world) => {
        const place = anyPlace(world, (candidate) => canSupply(candidate) && candidate.holding.wallet > 3n)
        if (place === null) return null
        const { account } = place.account
        const amount = world.random.integer(1, 3)
        return contractCall(account, world.contracts.aave.pool, 'supply', [place.reserve.asset, amount, account, 0])
      },
    },
    {
      name: 'withdraw a few wei',
      openWay: giveCredit,
      propose: (world) => {
        const place = anyPlace(
          world,
          (candidate) => isSafe(candidate) && isOpen(candidate.reserve) && candidate.holding.supply > 3n,
        )
        if (place === null) return null
        const { account } = place.account
        const amount = world.random.integer(1, 3)
        return contractCall(account, world.contracts.aave.pool, 'withdraw', [place.reserve.asset, amount, account])
      },
    },
    {
      name: 'borrow a few wei',
      openWay: borrowSomething,
      eagerness: 2,
      propose: (world) => {
        const place = anyPlace(
          world,
          (candidate) =>
            isSafe(candidate) &&
            isOpen(candidate.reserve) &&
            !isFrozen(candidate.reserve) &&
            canBorrow(candidate.reserve) &&
            candidate.holding.debt > 0n,
        )
        if (place === null) return null
        const { account } = place.account
        const arguments_ = [place.reserve.asset, world.random.integer(1, 3), variable, 0, account]
        return contractCall(account, world.contracts.aave.pool, 'borrow', arguments_)
      },
    },
    {
      name: 'repay a few wei',
      openWay: borrowSomething,
      propose: (world) => {
        const place = anyPlace(
          world,
          (candidate) => owesVariable(candidate) && candidate.holding.wallet > 3n && candidate.holding.debt > 3n,
        )
        if (place === null) return null
        const { account } = place.account
        const arguments_ = [place.reserve.asset, world.random.integer(1, 3), variable, account]
        return contractCall(account, world.contracts.aave.pool, 'repay', arguments_)
      },
    },
    {
      name: 'move a huge amount',
      eagerness: 3,
      propose: (world) => {
        const { pool } = world.contracts.aave
        const place = anyPlace(
          world,
          (candidate) =>
            isHuge(candidate) && (canSupply(candidate) || (isOpen(candidate.reserve) && candidate.holding.supply > 0n)),
        )
        if (place === null) return null
        const { account } = place.account
        const { wallet, supply } = place.holding
        return wallet > supply && !isFrozen(place.reserve)
          ? contractCall(account, pool, 'supply', [place.reserve.asset, wallet, account, 0])
          : contractCall(account, pool, 'withdraw', [place.reserve.asset, maxUint256, account])
      },
    },
    {
      name: 'enter and leave in one block',
      eagerness: 2,
      propose: (world) => {
        const place = anyPlace(
          world,
          (candidate) => canSupply(candidate) && candidate.holding.supply === 0n && candidate.holding.wallet > 10_000n,
        )
        if (place === null) return null
        const { account } = place.account
        const { asset } = place.reserve
        const { pool } = world.contracts.aave
        const amount = partOf(world, place.holding.wallet, 1, 20)
        return [
          { ...contractCall(account, pool, 'supply', [asset, amount, account, 0]), countsAs: 'supply' },
          contractCall(account, pool, 'withdraw', [asset, maxUint256, account]),
        ]
      },
    },
    {
      name: 'transfer all aTokens',
      openWay: clearDebts,
      propose: (world) => {
        const place = anyPlace(
          world,
          (candidate) =>
            isOpen(candidate.reserve) && candidate.holding.supply > 0n && candidate.account.debtBase === 0n,
        )
        if (place === null) return null
        const { account } = place.account
        const arguments_ = [anotherActor(world, account), place.holding.supply]
        return contractCall(account, place.reserve.aToken, 'transfer', arguments_)
      },
    },
    {
      name: 'transfer aTokens to oneself',
      openWay: giveCredit,
      propose: (world) => {
        const place = anyPlace(
          world,
          (candidate) => isSafe(candidate) && isOpen(candidate.reserve) && candidate.holding.supply > 1n,
        )
        if (place === null) return null
        const { account } = place.account
        const amount = partOf(world, place.holding.supply, 1, 100)
        return contractCall(account, place.reserve.aToken, 'transfer', [account, amount])
      },
    },
  ]
}
