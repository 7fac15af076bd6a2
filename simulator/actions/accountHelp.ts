import { maxUint256 } from 'viem'
import { contractCall } from '../../devnet/chain/contractCall'
import type { ProposedCall, World } from '../types'
import {
  anyPlace,
  canBorrow,
  debtCeilingOf,
  isCollateral,
  isFrozen,
  isOpen,
  isolationOf,
  isSiloed,
  maxLtvOf,
  type Place,
  placesWhere,
  siloOf,
  unitsWorth,
  worthOf,
} from './look'

const variable = 2n
const help = 50_000
const baseUnit = 1e8

/** Somebody who may borrow what everybody may gets more collateral. */
export function giveCredit(world: World): readonly ProposedCall[] | null {
  const place = anyPlace(
    world,
    ({ account, reserve, holding }) =>
      isOpen(reserve) &&
      !isFrozen(reserve) &&
      maxLtvOf(reserve) > 0n &&
      canBorrow(reserve) &&
      !isSiloed(reserve) &&
      holding.wallet > unitsWorth(reserve, help) &&
      isolationOf(world.truth, account) === null &&
      siloOf(world.truth, account) === null,
  )
  return place === null ? null : pledge(world, place, help)
}

function pledge(world: World, place: Place, dollars: number): readonly ProposedCall[] {
  const { account } = place.account
  const { pool } = world.contracts.aave
  const { asset } = place.reserve
  const supplied = contractCall(account, pool, 'supply', [asset, unitsWorth(place.reserve, dollars), account, 0])
  const pledged = contractCall(account, pool, 'setUserUseReserveAsCollateral', [asset, true])
  return [
    { ...supplied, countsAs: 'supply' },
    ...(isCollateral(place) ? [] : [{ ...pledged, countsAs: 'set collateral' }]),
  ]
}

/** An account pledges twice as much of something else, so that it can do without this pledge. */
export function pledgeInstead(world: World, { account, reserve, holding }: Place): readonly ProposedCall[] | null {
  const dollars = (2 * Number(worthOf(reserve, holding.supply))) / baseUnit + 1
  const others = placesWhere(
    world.truth,
    (place) =>
      place.account === account &&
      place.reserve !== reserve &&
      isOpen(place.reserve) &&
      !isFrozen(place.reserve) &&
      maxLtvOf(place.reserve) > 0n &&
      debtCeilingOf(place.reserve) === 0n &&
      place.holding.wallet > unitsWorth(place.reserve, dollars),
  )
  if (others.length === 0) return null
  return pledge(world, world.random.pick(others), dollars)
}

/** Somebody pays all debts back, out of a wallet that suffices for all of them. */
export function clearDebts(world: World): readonly ProposedCall[] | null {
  const debtors = world.truth.accounts.flatMap((account) => {
    const debts = placesWhere(world.truth, (place) => place.account === account && place.holding.debt > 0n)
    const canPay = debts.every(({ reserve, holding }) => isOpen(reserve) && holding.wallet > 2n * holding.debt)
    const hasStable = account.holdings.some(({ stableDebt }) => stableDebt > 0n)
    return debts.length > 0 && canPay && !hasStable ? [debts] : []
  })
  if (debtors.length === 0) return null
  return world.random.pick(debtors).map(({ account: { account }, reserve }) => ({
    ...contractCall(account, world.contracts.aave.pool, 'repay', [reserve.asset, maxUint256, variable, account]),
    countsAs: 'repay all',
  }))
}
