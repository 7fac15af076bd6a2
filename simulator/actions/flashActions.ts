import { contractCall } from '../../devnet/chain/contractCall'
import type { Preparation } from '../preparation/types'
import type { ReserveTruth } from '../truth/types'
import type { Action, World } from '../types'
import { giveCredit } from './accountHelp'
import { drawBorrowing, mayBorrow } from './borrowActions'
import { allowsFlashLoans, anyPlace, anyReserve, isFrozen, isOpen, partOf } from './look'

const variable = 2n

const mayFlash =
  ({ contracts }: World) =>
  (reserve: ReserveTruth) =>
    isOpen(reserve) &&
    !isFrozen(reserve) &&
    allowsFlashLoans(reserve) &&
    reserve.liquidity > 1_000n &&
    Object.values(contracts.tokens).some(({ address }) => address.toLowerCase() === reserve.asset.toLowerCase())

/** Flash loans of the reserves the flash borrower holds tokens of, to pay the premium from. */
export function flashActions({ flashBorrower }: Preparation): readonly Action[] {
  return [
    {
      name: 'flash loan',
      propose: (world) => {
        const reserve = anyReserve(world, mayFlash(world))
        if (reserve === null) return null
        const amount = partOf(world, reserve.liquidity, 1, 5)
        return contractCall(world.random.pick(world.actors), world.contracts.aave.pool, 'flashLoan', [
          flashBorrower,
          [reserve.asset],
          [amount],
          [0n],
          flashBorrower,
          '0x',
          0,
        ])
      },
    },
    {
      name: 'flash loan into debt',
      openWay: giveCredit,
      eagerness: 2,
      propose: (world) => {
        const place = anyPlace(
          world,
          (candidate) => allowsFlashLoans(candidate.reserve) && mayBorrow(world.truth)(candidate),
        )
        if (place === null) return null
        const { account } = place.account
        const amount = drawBorrowing(world, place, 1, 20)
        return contractCall(account, world.contracts.aave.pool, 'flashLoan', [
          flashBorrower,
          [place.reserve.asset],
          [amount],
          [variable],
          account,
          '0x',
          0,
        ])
      },
    },
    {
      name: 'simple flash loan',
      propose: (world) => {
        const reserve = anyReserve(world, mayFlash(world))
        if (reserve === null) return null
        const amount = partOf(world, reserve.liquidity, 1, 5)
        const arguments_ = [flashBorrower, reserve.asset, amount, '0x', 0]
        return contractCall(world.random.pick(world.actors), world.contracts.aave.pool, 'flashLoanSimple', arguments_)
      },
    },
  ]
}
