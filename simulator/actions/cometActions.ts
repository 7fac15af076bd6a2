import { maxUint256 } from 'viem'
import { contractCall } from '../../devnet/chain/contractCall'
import { readContract } from '../../devnet/chain/readContract'
import type { Contract } from '../../devnet/chain/types'
import { actOnComet, type CometAction } from '../../devnet/operations/actOnComet'
import type { Preparation } from '../preparation/types'
import type { AccountTruth, CometAssetTruth, CometPositionTruth } from '../truth/types'
import type { Action, ProposedCall, World } from '../types'
import { anotherActor, least, partOf, unitsWorth } from './look'
import { momentaryPrice } from './momentaryPrice'

const wad = 10n ** 18n
const oneFloat = 1e18
const pauseNames = ['supply', 'transfer', 'withdraw', 'absorb', 'buy'] as const
type Pause = (typeof pauseNames)[number]

const isOpen = ({ truth }: World, ...actions: readonly Pause[]) =>
  actions.every((action) => ((truth.comet.pauseFlags >> pauseNames.indexOf(action)) & 1) === 0)

interface Place {
  readonly account: AccountTruth
  readonly position: CometPositionTruth
}

function places({ truth, actors }: World): readonly Place[] {
  return truth.accounts.flatMap((account) =>
    actors.includes(account.account) ? [{ account, position: account.comet }] : [],
  )
}

function anyPlace(world: World, fits: (place: Place) => boolean): Place | null {
  const found = places(world).filter(fits)
  return found.length === 0 ? null : world.random.pick(found)
}

const act = ({ contracts }: World, { account }: Place, action: CometAction) =>
  actOnComet(contracts.comet, account.account, action)

const named = (call: ReturnType<typeof act>, countsAs: string): readonly ProposedCall[] => [{ ...call, countsAs }]

/** What the pledges allow to be owed, at the borrow factors, less what is; base units, a little below the contract's own limit. */
function roomOf({ truth: { comet } }: World, { position }: Place): bigint {
  const backed = comet.assets.reduce((sum, { price, scale, borrowCollateralFactor }, index) => {
    return sum + (((position.pledges[index]! * price) / scale) * borrowCollateralFactor) / wad
  }, 0n)
  return (backed * comet.baseScale * 98n) / (comet.basePrice * 100n) - position.debt
}

/** What an account could put in of a token, worth up to so many dollars. */
function funds({ truth }: World, { account }: Place, token: Contract, dollars: number): bigint {
  const index = truth.reserves.findIndex(({ asset }) => asset.toLowerCase() === token.address.toLowerCase())
  const reserve = truth.reserves[index]
  return reserve === undefined ? 0n : least(account.holdings[index]?.wallet ?? 0n, unitsWorth(reserve, dollars))
}

const tokenOf = ({ contracts }: World, { symbol }: CometAssetTruth) => contracts.tokens[symbol]
const anyAsset = ({ truth, random }: World) => random.pick(truth.comet.assets)
const pledgeIn = ({ truth }: World, { position }: Place, asset: CometAssetTruth) =>
  position.pledges[truth.comet.assets.indexOf(asset)]!

function lend(world: World) {
  const { USDC } = world.contracts.tokens
  const place = anyPlace(world, (one) => one.position.debt === 0n && funds(world, one, USDC, 5_000) > 0n)
  if (place === null || !isOpen(world, 'supply')) return null
  const amount = funds(world, place, USDC, world.random.integer(5_000, 60_000))
  const to = world.random.next() < 0.3 ? anotherActor(world, place.account.account) : undefined
  return named(act(world, place, { kind: 'supply', token: USDC, amount, to }), 'Comet supply')
}

function pledge(world: World) {
  const token = tokenOf(world, anyAsset(world))
  const place = anyPlace(world, (one) => funds(world, one, token, 20_000) > 0n)
  if (place === null || !isOpen(world, 'supply')) return null
  const amount = funds(world, place, token, world.random.integer(2_000, 20_000))
  return named(act(world, place, { kind: 'supply', token, amount }), 'Comet supply collateral')
}

/** Brings back something to borrow, where all of it is lent. */
const refill = (world: World) => {
  const { liquidity, baseBorrowMin } = world.truth.comet
  return liquidity < baseBorrowMin ? lend(world) : null
}

/** Somebody's balance or a part of it; now and then the largest, down to the last that is not lent, so that the rates pass their kinks. */
function take(world: World) {
  const { random, truth } = world
  const { liquidity } = truth.comet
  if (liquidity === 0n || !isOpen(world, 'withdraw')) return null
  const base = world.contracts.tokens.USDC
  if (random.next() < 0.4) {
    const [most] = [...places(world)].sort((a, b) => (a.position.balance < b.position.balance ? 1 : -1))
    const amount = least(most?.position.balance ?? 0n, partOf(world, liquidity, 85, 100))
    return most === undefined || amount === 0n ? null : act(world, most, { kind: 'withdraw', token: base, amount })
  }
  const place = anyPlace(world, ({ position }) => position.balance > 1n && position.balance < liquidity)
  if (place === null) return null
  const amount = random.next() < 0.3 ? maxUint256 : partOf(world, place.position.balance, 1, 90)
  return act(world, place, { kind: 'withdraw', token: base, amount })
}

/** Somebody who could owe so many dollars more. */
const mayOwe = (world: World, dollars = 200n) =>
  anyPlace(world, (one) => one.position.balance === 0n && roomOf(world, one) > dollars * world.truth.comet.baseScale)

function borrow(world: World) {
  const place = mayOwe(world)
  const { liquidity, baseBorrowMin } = world.truth.comet
  if (place === null || !isOpen(world, 'withdraw')) return null
  const amount = least(partOf(world, roomOf(world, place), 50, 95), liquidity)
  if (place.position.debt + amount < baseBorrowMin || amount === 0n) return null
  const { USDC } = world.contracts.tokens
  return named(act(world, place, { kind: 'withdraw', token: USDC, amount }), 'Comet borrow')
}

/** Base tokens leave somebody who owes, or then does: the debt moves and nothing is emitted for it. */
function sendDebt(world: World) {
  const place = mayOwe(world)
  if (place === null || !isOpen(world, 'transfer')) return null
  const amount = partOf(world, roomOf(world, place), 50, 90)
  if (place.position.debt + amount < world.truth.comet.baseBorrowMin) return null
  const debtors = places(world).filter((one) => one !== place && one.position.debt > 0n)
  const to =
    debtors.length > 0 && world.random.next() < 0.6
      ? world.random.pick(debtors).account.account
      : anotherActor(world, place.account.account)
  const { USDC } = world.contracts.tokens
  return act(world, place, { kind: 'transfer', token: USDC, amount, to })
}

function absorbable(world: World): Place | null {
  return isOpen(world, 'absorb') ? anyPlace(world, ({ position }) => position.isLiquidatable) : null
}

/** Takes whoever falls short, or who does while the price of the only pledge has fallen for the length of it. */
async function absorb(world: World, preparation: Preparation) {
  const due = absorbable(world)
  const absorber = world.random.pick(world.actors)
  const call = (borrower: Place) =>
    actOnComet(world.contracts.comet, absorber, { kind: 'absorb', borrower: borrower.account.account })
  if (due !== null) return call(due)
  const { comet } = world.truth
  const single = anyPlace(
    world,
    ({ position }) => position.debt > 0n && position.pledges.filter((units) => units > 0n).length === 1,
  )
  if (single === null || !isOpen(world, 'absorb')) return null
  const index = single.position.pledges.findIndex((units) => units > 0n)
  const { symbol, price, scale, liquidateCollateralFactor } = comet.assets[index]!
  const backs = (((single.position.pledges[index]! * price) / scale) * liquidateCollateralFactor) / wad
  const owed = (single.position.debt * comet.basePrice) / comet.baseScale
  // Comet's feeds never change their proxy, while the pool's oracle may look at another.
  const share = (Number(owed) / Number(backs)) * world.random.between(0.85, 0.99)
  const own = { ...preparation, alternativeFeeds: world.contracts.feeds }
  return momentaryPrice(world, own, symbol, Math.min(1, share), call(single))
}

function reopen(world: World, { owner }: Preparation): readonly ProposedCall[] | null {
  if (world.truth.comet.pauseFlags === 0) return null
  const open = pauseNames.map(() => false)
  return [{ ...contractCall(owner, world.contracts.comet.core, 'pause', open), countsAs: 'Comet pause' }]
}

/** Only what is proposed for its own sake; what opens the way counts for what it is. */
type Way = (world: World) => readonly ProposedCall[] | null
const firstOf =
  (...ways: readonly Way[]): Way =>
  (world) =>
    ways.reduce<readonly ProposedCall[] | null>((found, way) => found ?? way(world), null)

/** Everything that moves a Comet's books, by users, its governor, and nobody in particular. */
export function cometActions(preparation: Preparation): readonly Action[] {
  const { owner } = preparation
  const unpause: Way = (world) => reopen(world, preparation)
  const toLend = firstOf(unpause, lend)
  const toPledge = firstOf(unpause, pledge)
  const toOwe = firstOf(unpause, refill, borrow, pledge, lend)
  return [
    { name: 'Comet supply', openWay: unpause, propose: lend },
    {
      name: 'Comet withdraw',
      openWay: toLend,
      propose: take,
    },
    { name: 'Comet borrow', openWay: firstOf(unpause, refill, pledge, lend), propose: borrow },
    {
      name: 'Comet repay',
      openWay: toOwe,
      propose: (world) => {
        const { USDC } = world.contracts.tokens
        const place = anyPlace(world, (one) => {
          const { debt } = one.position
          return debt > 0n && funds(world, one, USDC, 1e9) > 2n * debt
        })
        if (place === null || !isOpen(world, 'supply')) return null
        const { debt } = place.position
        const whole = world.random.next()
        // All of it, a part, or more than it: the rest is then supplied.
        const amount = whole < 0.3 ? maxUint256 : whole < 0.5 ? debt + debt / 3n + 1n : partOf(world, debt, 1, 80)
        return act(world, place, { kind: 'supply', token: USDC, amount })
      },
    },
    { name: 'Comet supply collateral', openWay: unpause, propose: pledge },
    {
      name: 'Comet withdraw collateral',
      openWay: toPledge,
      propose: (world) => {
        const asset = anyAsset(world)
        const place = anyPlace(world, (one) => pledgeIn(world, one, asset) > 100n && one.position.debt === 0n)
        if (place === null || !isOpen(world, 'withdraw')) return null
        const pledged = pledgeIn(world, place, asset)
        const amount = world.random.next() < 0.2 ? pledged : partOf(world, pledged, 1, 60)
        return act(world, place, { kind: 'withdraw', token: tokenOf(world, asset), amount })
      },
    },
    {
      name: 'Comet transfer',
      openWay: toLend,
      propose: (world) => {
        const place = anyPlace(world, ({ position }) => position.balance > 1n)
        if (place === null || !isOpen(world, 'transfer')) return null
        const amount = world.random.next() < 0.2 ? maxUint256 : partOf(world, place.position.balance, 1, 70)
        const to = anotherActor(world, place.account.account)
        return act(world, place, { kind: 'transfer', token: world.contracts.tokens.USDC, amount, to })
      },
    },
    { name: 'Comet transfer of debt', openWay: toPledge, propose: sendDebt },
    {
      name: 'Comet transfer collateral',
      openWay: toPledge,
      propose: (world) => {
        const asset = anyAsset(world)
        const place = anyPlace(world, (one) => pledgeIn(world, one, asset) > 100n && one.position.debt === 0n)
        if (place === null || !isOpen(world, 'transfer')) return null
        const amount = partOf(world, pledgeIn(world, place, asset), 1, 80)
        const to = anotherActor(world, place.account.account)
        return act(world, place, { kind: 'transfer', token: tokenOf(world, asset), amount, to })
      },
    },
    {
      name: 'Comet absorb',
      openWay: toOwe,
      eagerness: 2,
      propose: (world) => absorb(world, preparation),
    },
    {
      name: 'Comet buy collateral',
      openWay: unpause,
      eagerness: 2,
      propose: (world) => {
        const { comet } = world.truth
        const { USDC } = world.contracts.tokens
        const asset = comet.assets.find(({ reserve }) => reserve > 1_000n)
        if (asset === undefined || !isOpen(world, 'buy')) return null
        const worth = (asset.reserve * asset.price * comet.baseScale) / asset.scale / comet.basePrice
        const baseAmount = partOf(world, worth, 5, 40)
        const place = anyPlace(world, (one) => funds(world, one, USDC, 1e9) > baseAmount)
        return place === null
          ? null
          : act(world, place, { kind: 'buyCollateral', token: tokenOf(world, asset), baseAmount })
      },
    },
    {
      name: 'Comet pause',
      propose: (world) => {
        const opened = reopen(world, preparation)
        if (opened !== null) return opened
        const chosen = world.random.integer(0, pauseNames.length - 1)
        const paused = pauseNames.map((_, index) => index === chosen || world.random.next() < 0.2)
        return contractCall(owner, world.contracts.comet.core, 'pause', paused)
      },
    },
    {
      name: 'Comet upgrade',
      propose: (world) => {
        const { proxy, implementations } = world.contracts.comet
        const isUsual = Number(world.truth.comet.supplyKink) < 0.87 * oneFloat
        return contractCall(owner, proxy, 'upgradeTo', [isUsual ? implementations.other : implementations.usual])
      },
    },
    {
      name: 'Comet allow',
      propose: async (world) => {
        const account = world.random.pick(world.actors)
        const manager = anotherActor(world, account)
        const { comet } = world.contracts
        const now = await readContract<boolean>(world.chain, comet.core, 'isAllowed', [account, manager])
        return actOnComet(comet, account, { kind: 'allow', manager, isAllowed: !now })
      },
    },
    {
      name: 'Comet accrue',
      propose: (world) => {
        const account = world.random.pick(world.actors)
        return contractCall(account, world.contracts.comet.core, 'accrueAccount', [account])
      },
    },
  ]
}
