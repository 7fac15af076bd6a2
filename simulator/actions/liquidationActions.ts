import { type Address, maxUint256, stringToHex } from 'viem'
import { type AssetSymbol, assetSymbols } from '../../devnet/assets'
import { contractCall } from '../../devnet/chain/contractCall'
import { readContract } from '../../devnet/chain/readContract'
import type { Call } from '../../devnet/chain/types'
import type { Preparation } from '../preparation/types'
import type { Action, Proposal, World } from '../types'
import { giveCredit } from './accountHelp'
import { mayBorrow } from './borrowActions'
import { anyPlace, anyReserve, isCollateral, isOpen, type Place, placesWhere } from './look'
import { momentaryPrice } from './momentaryPrice'

const one = 10n ** 18n
const oneFloat = 1e18

/** Repays as much of somebody's debt as the pool allows and takes the collateral. */
function liquidateWhoIsDue(world: World, receiveAToken: boolean): Call | null {
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
  const amount = world.random.next() < 0.7 ? maxUint256 : debt.holding.debt / 4n + 1n
  return liquidation(world, { debt, pledge: world.random.pick(pledges), amount, receiveAToken })
}

interface Liquidation {
  readonly debt: Place
  readonly pledge: Place
  readonly amount: bigint
  readonly receiveAToken: boolean
}

/** By somebody else, preferably one who can pay for all of it. */
function liquidation(world: World, { debt, pledge, amount, receiveAToken }: Liquidation): Call | null {
  const debtor = debt.account.account
  const others = world.truth.accounts.filter(({ account }) => account !== debtor)
  const solvent = others.filter(({ holdings }) => holdings[debt.reserveIndex]!.wallet > debt.holding.debt)
  const able = solvent.length > 0 ? solvent : others.filter(({ holdings }) => holdings[debt.reserveIndex]!.wallet > 0n)
  if (able.length === 0) return null
  return contractCall(world.random.pick(able).account, world.contracts.aave.pool, 'liquidationCall', [
    ...[pledge.reserve.asset, debt.reserve.asset, debtor, amount, receiveAToken],
  ])
}

/** An account with one pledge, of an asset with feeds of its own, and a debt in something else. */
function soleBacking(world: World, symbol: AssetSymbol): { readonly pledge: Place; readonly debt: Place } | null {
  const { truth, contracts, random } = world
  const asset = contracts.tokens[symbol].address
  const debtsOf = ({ account }: Place) =>
    placesWhere(truth, (other) => other.account === account && other.holding.debt + other.holding.stableDebt > 0n)
  const pledge = anyPlace(
    world,
    (place) =>
      isSame(place.reserve.asset, asset) &&
      isOpen(place.reserve) &&
      place.holding.supply > 0n &&
      isCollateral(place) &&
      place.account.debtBase > 0n &&
      placesWhere(truth, (other) => other.account === place.account && isCollateral(other)).length === 1 &&
      debtsOf(place).every(({ reserve }) => reserve !== place.reserve) &&
      debtsOf(place).some(({ reserve, holding }) => holding.debt > 0n && isOpen(reserve)),
  )
  if (pledge === null) return null
  const debts = debtsOf(pledge).filter(({ reserve, holding }) => holding.debt > 0n && isOpen(reserve))
  return { pledge, debt: random.pick(debts) }
}

/** Below 0.95 a debt may be repaid whole; not so low that the collateral would not suffice. */
const dueHealthFactor = 0.93
/** So little is left of the collateral's price that a debt remains with nothing behind it. */
const crashedShare = 0.04
const ruinedHealthFactor = 0.5

/** For the moment of one liquidation the price of an account's only collateral is low enough. */
async function liquidateForAMoment(
  world: World,
  preparation: Preparation,
  receiveAToken: boolean,
  shareOf: (healthFactor: number) => number,
): Promise<Proposal> {
  for (const symbol of shuffled(world)) {
    const backing = soleBacking(world, symbol)
    const call = backing === null ? null : liquidation(world, { ...backing, amount: maxUint256, receiveAToken })
    if (backing === null || call === null) continue
    const share = shareOf(Number(backing.debt.account.healthFactor) / oneFloat)
    return momentaryPrice(world, preparation, symbol, Math.min(1, share), call)
  }
  return null
}

function shuffled({ random }: World): AssetSymbol[] {
  const first = random.integer(0, assetSymbols.length - 1)
  return [...assetSymbols.slice(first), ...assetSymbols.slice(0, first)]
}

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

/** Somebody pledges an asset with feeds of its own and borrows another, so that there is somebody to liquidate. */
function becomeLiquidatable(world: World): Proposal {
  const place = anyPlace(world, mayBorrow(world.truth))
  if (place === null) return giveCredit(world)
  const { account, availableBorrowsBase } = place.account
  const { price, decimals, asset } = place.reserve
  const amount = (availableBorrowsBase * 10n ** BigInt(decimals)) / (2n * price) + 1n
  const call = contractCall(account, world.contracts.aave.pool, 'borrow', [asset, amount, 2n, 0, account])
  return [{ ...call, countsAs: 'borrow' }]
}

/** The id under which the addresses provider keeps who may cover deficits: text, not its hash. */
export const umbrellaId = stringToHex('UMBRELLA', { size: 32 })

export function liquidationActions(preparation: Preparation): readonly Action[] {
  const toBadDebt = (world: World) =>
    liquidateForAMoment(world, preparation, false, (healthFactor) =>
      Math.min(crashedShare, ruinedHealthFactor / healthFactor),
    )
  // Whoever is due may back it with what nobody can pay out just now, for the rest of the walk; so every other time somebody else is made due.
  const forWhat = (receiveAToken: boolean) => async (world: World) => {
    const due = world.random.next() < 0.5 ? liquidateWhoIsDue(world, receiveAToken) : null
    const forAMoment = () =>
      liquidateForAMoment(world, preparation, receiveAToken, (healthFactor) => dueHealthFactor / healthFactor)
    return due ?? (await forAMoment()) ?? liquidateWhoIsDue(world, receiveAToken)
  }
  return [
    {
      name: 'liquidate for the underlying',
      eagerness: 3,
      propose: forWhat(false),
      openWay: becomeLiquidatable,
    },
    { name: 'liquidate for aTokens', eagerness: 3, propose: forWhat(true), openWay: becomeLiquidatable },
    { name: 'liquidate to bad debt', eagerness: 3, propose: toBadDebt, openWay: becomeLiquidatable },
    {
      name: 'cover a deficit',
      eagerness: 6,
      versions: ['3.6'],
      propose: async (world) => {
        const { aave, tokens } = world.contracts
        const coverable = Object.values(tokens).map(({ address }) => address.toLowerCase())
        const reserve = anyReserve(
          world,
          (candidate) =>
            candidate.deficit > 0n && isOpen(candidate) && coverable.includes(candidate.asset.toLowerCase()),
        )
        if (reserve === null) return null
        const umbrella = await readContract<Address>(world.chain, aave.addressesProvider, 'getAddress', [umbrellaId])
        const amount = world.random.next() < 0.2 ? reserve.deficit : reserve.deficit / 2n + 1n
        return contractCall(umbrella, aave.pool, 'eliminateReserveDeficit', [reserve.asset, amount])
      },
      openWay: async (world) => {
        const proposal = await toBadDebt(world)
        if (proposal === null || 'from' in proposal) return proposal
        return proposal.map((call) => ({ countsAs: 'liquidate to bad debt', ...call }))
      },
    },
  ]
}
