import { maxUint256 } from 'viem'
import { contractCall } from '../../devnet/chain/contractCall'
import type { Preparation } from '../preparation/types'
import type { AccountTruth, HoldingTruth } from '../truth/types'
import type { Action, ProposedCall, World } from '../types'
import { clearDebts, giveCredit } from './accountHelp'
import { drawBorrowing } from './borrowActions'
import {
  anyPlace,
  canBorrow,
  isBorrowableInIsolation,
  isCollateral,
  isFrozen,
  isOpen,
  isolationOf,
  isSiloed,
  type Place,
  placesWhere,
  reserveIn,
  unitsWorth,
} from './look'

const variable = 2n
const smallestBorrowing = 10n * 10n ** 8n

const mayBorrowRestricted = ({ account, reserve }: Place) =>
  account.availableBorrowsBase > smallestBorrowing &&
  isOpen(reserve) &&
  !isFrozen(reserve) &&
  canBorrow(reserve) &&
  reserve.liquidity > 0n

const debtsOf = (world: World, account: AccountTruth) =>
  placesWhere(world.truth, (place) => place.account === account && place.holding.debt + place.holding.stableDebt > 0n)

const otherDebts = (world: World, { account, reserve }: Place) =>
  debtsOf(world, account).filter((debt) => debt.reserve !== reserve)
const canRepay = ({ wallet, debt, stableDebt }: HoldingTruth) => stableDebt === 0n && wallet > debt

/** Isolated collateral and siloed debt: what stands alone in an account. */
export function restrictedActions({ owner, laterReserves, isolatedActors }: Preparation): readonly Action[] {
  const isolatedAsset = laterReserves.find(({ role }) => role === 'isolated')!.token.address
  return [
    {
      name: 'borrow in isolation',
      eagerness: 2,
      openWay: isolateSomebody,
      propose: (world) => {
        const place = anyPlace(
          world,
          (candidate) =>
            mayBorrowRestricted(candidate) &&
            isBorrowableInIsolation(candidate.reserve) &&
            isolationOf(world.truth, candidate.account) !== null,
        )
        if (place === null) return null
        const { account } = place.account
        const { pool } = world.contracts.aave
        return contractCall(account, pool, 'borrow', [
          place.reserve.asset,
          drawBorrowing(world, place, 1, 30),
          variable,
          0,
          account,
        ])
      },
    },
    {
      name: 'enter isolation',
      eagerness: 3,
      propose: enterSomebody,
      openWay: clearDebts,
    },
    {
      name: 'leave isolation',
      eagerness: 2,
      openWay: isolateSomebody,
      propose: (world) => {
        const isolated = world.truth.accounts.filter((candidate) => {
          const reserve = isolationOf(world.truth, candidate)
          return reserve !== null && isOpen(reserve)
        })
        if (isolated.length < 2) return null
        const account = world.random.pick(isolated)
        const debts = debtsOf(world, account)
        if (debts.some(({ reserve, holding }) => !isOpen(reserve) || !canRepay(holding))) return null
        const { pool } = world.contracts.aave
        return [
          ...debts.map(({ reserve }) => ({
            ...contractCall(account.account, pool, 'repay', [reserve.asset, maxUint256, variable, account.account]),
            countsAs: 'repay all',
          })),
          contractCall(account.account, pool, 'setUserUseReserveAsCollateral', [
            isolationOf(world.truth, account)!.asset,
            false,
          ]),
        ]
      },
    },
    {
      name: 'set the debt ceiling',
      propose: (world) =>
        contractCall(owner, world.contracts.aave.configurator, 'setDebtCeiling', [
          isolatedAsset,
          BigInt(world.random.integer(100_000_000, 900_000_000)),
        ]),
    },
    {
      name: 'borrow what is siloed',
      eagerness: 3,
      openWay: giveCredit,
      propose: (world) => {
        const place = anyPlace(
          world,
          (candidate) =>
            mayBorrowRestricted(candidate) &&
            isSiloed(candidate.reserve) &&
            isolationOf(world.truth, candidate.account) === null &&
            otherDebts(world, candidate).every(({ reserve, holding }) => isOpen(reserve) && canRepay(holding)),
        )
        if (place === null) return null
        const { account } = place.account
        const { pool } = world.contracts.aave
        const amount = drawBorrowing(world, place, 1, 20)
        return [
          ...otherDebts(world, place).map(({ reserve }) => ({
            ...contractCall(account, pool, 'repay', [reserve.asset, maxUint256, variable, account]),
            countsAs: 'repay all',
          })),
          contractCall(account, pool, 'borrow', [place.reserve.asset, amount, variable, 0, account]),
        ]
      },
    },
  ]

  function enterSomebody(world: World): readonly ProposedCall[] | null {
    const free = world.truth.accounts.filter(
      (candidate) => candidate.debtBase === 0n && isolationOf(world.truth, candidate) === null,
    )
    if (free.length === 0) return null
    const preferred = free.filter(({ account }) => isolatedActors.includes(account))
    return enterIsolation(world, world.random.pick(preferred.length > 0 ? preferred : free))
  }

  function isolateSomebody(world: World): readonly ProposedCall[] | null {
    const calls = enterSomebody(world)
    return calls === null ? clearDebts(world) : calls.map((call) => ({ countsAs: 'enter isolation', ...call }))
  }

  /** Whatever else is pledged has to be released first. */
  function enterIsolation(world: World, account: AccountTruth): readonly ProposedCall[] | null {
    const reserve = reserveIn(world.truth, isolatedAsset)
    const pledges = placesWhere(world.truth, (place) => place.account === account && isCollateral(place))
    if (reserve === null || !isOpen(reserve) || isFrozen(reserve)) return null
    if (pledges.some((place) => !isOpen(place.reserve))) return null
    const { pool } = world.contracts.aave
    const pledge = (asset: string, on: boolean) =>
      contractCall(account.account, pool, 'setUserUseReserveAsCollateral', [asset, on])
    return [
      ...pledges.map((place) => ({ ...pledge(place.reserve.asset, false), countsAs: 'set collateral' })),
      {
        ...contractCall(account.account, pool, 'supply', [
          isolatedAsset,
          unitsWorth(reserve, 20_000),
          account.account,
          0,
        ]),
        countsAs: 'supply',
      },
      pledge(isolatedAsset, true),
    ]
  }
}
