import { maxUint256 } from 'viem'
import { contractCall } from '../../devnet/chain/contractCall'
import type { Action, World } from '../types'
import { clearDebts, giveCredit } from './accountHelp'
import { anotherActor, anyPlace, isCollateral, isFrozen, isOpen, least, type Place, partOf, unitsWorth } from './look'

const canSupply = ({ reserve, holding }: Place) => isOpen(reserve) && !isFrozen(reserve) && holding.wallet > 0n
const canWithdraw = ({ reserve, holding }: Place) => isOpen(reserve) && holding.supply > 1n

function drawSupply(world: World, place: Place): bigint {
  return least(unitsWorth(place.reserve, world.random.logBetween(1, 200_000)), place.holding.wallet)
}

export const supplyActions: readonly Action[] = [
  {
    name: 'supply',
    propose: (world) => {
      const place = anyPlace(world, canSupply)
      if (place === null) return null
      const { account } = place.account
      return contractCall(account, world.contracts.aave.pool, 'supply', [
        place.reserve.asset,
        drawSupply(world, place),
        account,
        0,
      ])
    },
  },
  {
    name: 'supply on behalf',
    propose: (world) => {
      const place = anyPlace(world, canSupply)
      if (place === null) return null
      const { account } = place.account
      const receiver = anotherActor(world, account)
      return contractCall(account, world.contracts.aave.pool, 'supply', [
        place.reserve.asset,
        drawSupply(world, place),
        receiver,
        0,
      ])
    },
  },
  {
    name: 'withdraw',
    openWay: giveCredit,
    propose: (world) => {
      const place = anyPlace(
        world,
        (candidate) => canWithdraw(candidate) && candidate.account.healthFactor > 13n * 10n ** 17n,
      )
      if (place === null) return null
      const amount = partOf(world, place.holding.supply, 1, 30)
      const { account } = place.account
      return contractCall(account, world.contracts.aave.pool, 'withdraw', [
        place.reserve.asset,
        amount,
        anotherActor(world, account),
      ])
    },
  },
  {
    name: 'withdraw all',
    openWay: clearDebts,
    propose: (world) => {
      const place = anyPlace(
        world,
        (candidate) => canWithdraw(candidate) && (candidate.account.debtBase === 0n || !isCollateral(candidate)),
      )
      if (place === null) return null
      const { account } = place.account
      return contractCall(account, world.contracts.aave.pool, 'withdraw', [place.reserve.asset, maxUint256, account])
    },
  },
  {
    name: 'transfer aToken',
    openWay: giveCredit,
    propose: (world) => {
      const place = anyPlace(
        world,
        (candidate) => canWithdraw(candidate) && candidate.account.healthFactor > 13n * 10n ** 17n,
      )
      if (place === null) return null
      const free = place.account.debtBase === 0n || !isCollateral(place)
      const amount =
        free && world.random.next() < 0.4 ? place.holding.supply : partOf(world, place.holding.supply, 1, 25)
      const { account } = place.account
      return contractCall(account, place.reserve.aToken, 'transfer', [anotherActor(world, account), amount])
    },
  },
  {
    name: 'set collateral',
    openWay: clearDebts,
    propose: (world) => {
      const place = anyPlace(
        world,
        (candidate) =>
          isOpen(candidate.reserve) &&
          candidate.holding.supply > 0n &&
          (!isCollateral(candidate) || candidate.account.debtBase === 0n),
      )
      if (place === null) return null
      const arguments_ = [place.reserve.asset, !isCollateral(place)]
      return contractCall(place.account.account, world.contracts.aave.pool, 'setUserUseReserveAsCollateral', arguments_)
    },
  },
]
