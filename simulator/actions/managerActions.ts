import { etherCategory } from '../../devnet/assets'
import { contractCall } from '../../devnet/chain/contractCall'
import type { Action } from '../types'
import { clearDebts } from './accountHelp'
import { delegateOf } from './delegateOf'
import { mayChangeEMode, reservesWithCategory } from './governanceActions'
import { anyPlace, isCollateral, isOpen } from './look'

const versions = ['3.6'] as const

/** What an account lets its position manager, here its delegate, do for it. */
export const managerActions: readonly Action[] = [
  {
    name: 'approve a position manager',
    versions,
    propose: (world) => {
      const account = world.random.pick(world.actors)
      const arguments_ = [delegateOf(world.actors, account), world.random.next() < 0.8]
      return contractCall(account, world.contracts.aave.pool, 'approvePositionManager', arguments_)
    },
  },
  {
    name: 'set collateral for somebody',
    versions,
    eagerness: 2,
    propose: (world) => {
      const place = anyPlace(
        world,
        (candidate) =>
          isOpen(candidate.reserve) &&
          candidate.holding.supply > 0n &&
          (!isCollateral(candidate) || candidate.account.debtBase === 0n),
      )
      if (place === null) return null
      const { account } = place.account
      const { pool } = world.contracts.aave
      const manager = delegateOf(world.actors, account)
      return [
        {
          ...contractCall(account, pool, 'approvePositionManager', [manager, true]),
          countsAs: 'approve a position manager',
        },
        contractCall(manager, pool, 'setUserUseReserveAsCollateralOnBehalfOf', [
          place.reserve.asset,
          !isCollateral(place),
          account,
        ]),
      ]
    },
    openWay: clearDebts,
  },
  {
    name: 'set e-mode for somebody',
    versions,
    eagerness: 2,
    propose: (world) => {
      const fitting = reservesWithCategory(world)
      const candidates = world.truth.accounts.filter((account) => mayChangeEMode(world, account, fitting))
      if (candidates.length === 0) return null
      const { account, emode } = world.random.pick(candidates)
      const { pool } = world.contracts.aave
      const manager = delegateOf(world.actors, account)
      const category = emode === 0 ? etherCategory.id : 0
      return [
        {
          ...contractCall(account, pool, 'approvePositionManager', [manager, true]),
          countsAs: 'approve a position manager',
        },
        contractCall(manager, pool, 'setUserEModeOnBehalfOf', [category, account]),
      ]
    },
    openWay: clearDebts,
  },
]
