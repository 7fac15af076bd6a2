import { maxUint256 } from 'viem'
import { contractCall } from '../../devnet/chain/contractCall'
import type { Call } from '../../devnet/chain/types'
import type { ChainTruth } from '../truth/types'
import type { Action, Proposal, World } from '../types'
import { giveCredit } from './accountHelp'
import { delegateOf } from './delegateOf'
import {
  anotherActor,
  anyPlace,
  canBorrow,
  isFrozen,
  isOpen,
  isolationOf,
  isSiloed,
  least,
  type Place,
  partOf,
  siloOf,
  unitsWorth,
} from './look'

const variable = 2n
const smallestBorrowing = 10n * 10n ** 8n

/** Leaves alone what has rules of its own: isolated accounts and siloed debt. */
export const mayBorrow =
  (truth: ChainTruth) =>
  ({ account, reserve }: Place) =>
    account.availableBorrowsBase > smallestBorrowing &&
    isOpen(reserve) &&
    !isFrozen(reserve) &&
    canBorrow(reserve) &&
    !isSiloed(reserve) &&
    reserve.liquidity > 0n &&
    siloOf(truth, account) === null &&
    isolationOf(truth, account) === null
export const owesVariable = ({ reserve, holding }: Place) => isOpen(reserve) && holding.debt > 0n
/** Whole debts are only repaid while enough others are left to be liquidated one day. */
const manyDebtors = ({ truth }: World) =>
  truth.accounts.filter(({ debtBase }) => debtBase > 0n).length > truth.accounts.length / 4

/** Token units that use this share, in percent, of what the account may still borrow. */
export function drawBorrowing(world: World, { account, reserve }: Place, low: number, high: number): bigint {
  const dollars = (Number(account.availableBorrowsBase) / 1e8) * (world.random.integer(low, high) / 100)
  return least(unitsWorth(reserve, dollars), reserve.liquidity)
}

/** A new debt of somebody who may have one, preferably in what the account has supplied too. */
export function borrowSomething(world: World): Proposal {
  const fits = mayBorrow(world.truth)
  const place =
    anyPlace(world, (candidate) => fits(candidate) && candidate.holding.supply > 0n) ?? anyPlace(world, fits)
  return place === null ? giveCredit(world) : [{ ...borrowAt(world, place, 1, 60), countsAs: 'borrow' }]
}

function borrowAt(world: World, place: Place, low: number, high: number): Call {
  const { account } = place.account
  const amount = drawBorrowing(world, place, low, high)
  return contractCall(account, world.contracts.aave.pool, 'borrow', [place.reserve.asset, amount, variable, 0, account])
}

export const borrowActions: readonly Action[] = [
  {
    name: 'borrow',
    openWay: giveCredit,
    propose: (world) => {
      const place = anyPlace(world, mayBorrow(world.truth))
      return place === null ? null : borrowAt(world, place, 1, 60)
    },
  },
  {
    name: 'borrow to the limit',
    openWay: giveCredit,
    propose: (world) => {
      const place = anyPlace(world, mayBorrow(world.truth))
      return place === null ? null : borrowAt(world, place, 95, 99)
    },
  },
  {
    name: 'borrow with delegated credit',
    openWay: giveCredit,
    propose: (world) => {
      const place = anyPlace(world, mayBorrow(world.truth))
      if (place === null) return null
      const debtor = place.account.account
      const amount = drawBorrowing(world, place, 1, 40)
      const sender = delegateOf(world.actors, debtor)
      return contractCall(sender, world.contracts.aave.pool, 'borrow', [
        place.reserve.asset,
        amount,
        variable,
        0,
        debtor,
      ])
    },
  },
  {
    name: 'repay',
    openWay: borrowSomething,
    propose: (world) => {
      const place = anyPlace(world, (candidate) => owesVariable(candidate) && candidate.holding.wallet > 0n)
      if (place === null) return null
      const { account } = place.account
      const amount = least(partOf(world, place.holding.debt, 1, 80), place.holding.wallet)
      return contractCall(account, world.contracts.aave.pool, 'repay', [place.reserve.asset, amount, variable, account])
    },
  },
  {
    name: 'repay all',
    openWay: borrowSomething,
    propose: (world) => {
      if (!manyDebtors(world)) return null
      const place = anyPlace(
        world,
        (candidate) => owesVariable(candidate) && candidate.holding.wallet > candidate.holding.debt * 2n,
      )
      if (place === null) return null
      const { account } = place.account
      return contractCall(account, world.contracts.aave.pool, 'repay', [
        place.reserve.asset,
        maxUint256,
        variable,
        account,
      ])
    },
  },
  {
    name: 'repay on behalf',
    openWay: borrowSomething,
    propose: (world) => {
      const place = anyPlace(world, owesVariable)
      if (place === null) return null
      const debtor = place.account.account
      const amount = partOf(world, place.holding.debt, 1, 60)
      return contractCall(anotherActor(world, debtor), world.contracts.aave.pool, 'repay', [
        place.reserve.asset,
        amount,
        variable,
        debtor,
      ])
    },
  },
  {
    name: 'repay with aTokens',
    openWay: borrowSomething,
    propose: (world) => {
      const place = anyPlace(world, (candidate) => owesVariable(candidate) && candidate.holding.supply > 1n)
      if (place === null) return null
      const amount =
        world.random.next() < 0.3 ? maxUint256 : partOf(world, least(place.holding.debt, place.holding.supply), 1, 90)
      return contractCall(place.account.account, world.contracts.aave.pool, 'repayWithATokens', [
        place.reserve.asset,
        amount,
        variable,
      ])
    },
  },
]
