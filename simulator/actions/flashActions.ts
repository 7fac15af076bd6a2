import { contractCall } from '../../devnet/chain/contractCall'
import type { Preparation } from '../prepare'
import type { Action } from '../types'
import { anyReserve, isFrozen, isOpen, partOf } from './look'

/** Flash loans of the reserves the flash borrower holds tokens of, to pay the premium from. */
export function flashActions({ flashBorrower }: Preparation): readonly Action[] {
  return [
    {
      name: 'flash loan',
      propose: (world) => {
        const reserve = anyReserve(
          world,
          (candidate) => isOpen(candidate) && !isFrozen(candidate) && candidate.supply > 1_000n,
        )
        if (reserve === null) return null
        const amount = partOf(world, reserve.supply, 1, 5)
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
      name: 'simple flash loan',
      propose: (world) => {
        const reserve = anyReserve(
          world,
          (candidate) => isOpen(candidate) && !isFrozen(candidate) && candidate.supply > 1_000n,
        )
        if (reserve === null) return null
        const amount = partOf(world, reserve.supply, 1, 5)
        const arguments_ = [flashBorrower, reserve.asset, amount, '0x', 0]
        return contractCall(world.random.pick(world.actors), world.contracts.aave.pool, 'flashLoanSimple', arguments_)
      },
    },
  ]
}
