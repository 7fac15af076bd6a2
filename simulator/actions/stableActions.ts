import { maxUint256 } from 'viem'
import { contractCall } from '../../devnet/chain/contractCall'
import type { Call } from '../../devnet/chain/types'
import type { Preparation } from '../preparation/types'
import type { Action, Proposal, World } from '../types'
import { giveCredit } from './accountHelp'
import { drawBorrowing, mayBorrow, owesVariable } from './borrowActions'
import { anyPlace, isFrozen, isOpen, type Place, partOf } from './look'

const variable = 2n
const stable = 1n
const smallSupply = 1_000n

const owesStable = ({ reserve, holding }: Place) => isOpen(reserve) && holding.stableDebt > 0n
const allowsStable = ({ reserve }: Place) => ((reserve.configuration >> 59n) & 1n) === 1n

function borrowAtStableRate(world: World): Call | null {
  const place = anyPlace(
    world,
    (candidate) => allowsStable(candidate) && mayBorrow(world.truth)(candidate) && candidate.holding.supply === 0n,
  )
  if (place === null) return null
  const { account } = place.account
  const amount = drawBorrowing(world, place, 1, 10)
  return contractCall(account, world.contracts.aave.pool, 'borrow', [place.reserve.asset, amount, stable, 0, account])
}

function borrowStable(world: World): Proposal {
  const call = borrowAtStableRate(world)
  return call === null ? giveCredit(world) : [{ ...call, countsAs: 'borrow at a stable rate' }]
}

/** Debts at a rate of their own, which only v3.0 has. */
export function stableActions({ owner, rateStrategies }: Preparation): readonly Action[] {
  const [flat, , steep] = rateStrategies
  return [
    {
      name: 'borrow at a stable rate',
      versions: ['3.0'],
      openWay: giveCredit,
      propose: borrowAtStableRate,
    },
    {
      name: 'repay stable debt',
      versions: ['3.0'],
      openWay: borrowStable,
      propose: (world) => {
        const place = anyPlace(world, (candidate) => owesStable(candidate) && candidate.holding.wallet > 0n)
        if (place === null) return null
        const { account } = place.account
        const amount = world.random.next() < 0.3 ? maxUint256 : partOf(world, place.holding.stableDebt, 1, 80)
        return contractCall(account, world.contracts.aave.pool, 'repay', [place.reserve.asset, amount, stable, account])
      },
    },
    {
      name: 'swap rate mode',
      versions: ['3.0'],
      openWay: borrowStable,
      propose: (world) => {
        const place = anyPlace(
          world,
          (candidate) =>
            !isFrozen(candidate.reserve) &&
            (owesStable(candidate) ||
              (allowsStable(candidate) && owesVariable(candidate) && candidate.holding.supply === 0n)),
        )
        if (place === null) return null
        const mode = place.holding.stableDebt > 0n ? stable : variable
        return contractCall(place.account.account, world.contracts.aave.pool, 'swapBorrowRateMode', [
          place.reserve.asset,
          mode,
        ])
      },
    },
    {
      // Allowed only where stable debt has become cheap: a steep strategy makes it so for a moment.
      name: 'rebalance stable debt',
      versions: ['3.0'],
      openWay: borrowStable,
      eagerness: 3,
      propose: (world) => {
        const place = anyPlace(world, (candidate) => owesStable(candidate) && !isFrozen(candidate.reserve))
        if (place === null) return null
        const user = anyPlace(
          world,
          ({ reserve, holding }) => reserve === place.reserve && holding.wallet > 2n * smallSupply,
        )
        if (user === null) return null
        const { pool, configurator } = world.contracts.aave
        const { asset } = place.reserve
        const strategy = (address: string | undefined) =>
          contractCall(owner, configurator, 'setReserveInterestRateStrategyAddress', [asset, address])
        // Stored rates follow the strategy only when the reserve is used: a little is supplied before and after.
        const use = {
          ...contractCall(user.account.account, pool, 'supply', [asset, smallSupply, user.account.account, 0]),
          countsAs: 'supply',
        }
        return [
          { ...strategy(flat), countsAs: 'set interest rates' },
          use,
          { ...strategy(steep), countsAs: 'set interest rates' },
          contractCall(world.random.pick(world.actors), pool, 'rebalanceStableBorrowRate', [
            asset,
            place.account.account,
          ]),
          { ...strategy(flat), countsAs: 'set interest rates' },
          use,
        ]
      },
    },
  ]
}
