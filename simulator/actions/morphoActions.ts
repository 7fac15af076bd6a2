import { type Address, encodeAbiParameters } from 'viem'
import { type AssetSymbol, assetSymbols } from '../../devnet/assets'
import { contractCall } from '../../devnet/chain/contractCall'
import { readContract } from '../../devnet/chain/readContract'
import { morphoPriceOf } from '../../devnet/deploy/morphoPriceOf'
import type { ByAsset } from '../../devnet/deploy/types'
import { actOnMorpho, type MorphoAction } from '../../devnet/operations/actOnMorpho'
import { setMorphoPrice } from '../../devnet/operations/setMorphoPrice'
import type { Preparation } from '../preparation/types'
import type { AccountTruth, MorphoMarketTruth, MorphoPositionTruth } from '../truth/types'
import type { Action, World } from '../types'
import { anotherActor, least, partOf, unitsWorth } from './look'

const wad = 10n ** 18n
const priceScale = 10n ** 36n
const largestFee = 250_000_000_000_000_000n

/** One account in one market that is borrowed from. */
interface MorphoPlace {
  readonly account: AccountTruth
  readonly market: MorphoMarketTruth
  readonly position: MorphoPositionTruth
}

function anyMorphoPlace(world: World, fits: (place: MorphoPlace) => boolean): MorphoPlace | null {
  const { accounts, morphoMarkets } = world.truth
  const places = accounts.flatMap((account) =>
    morphoMarkets.flatMap((market, index) => {
      const place = { account, market, position: account.morpho[index]! }
      return world.actors.includes(account.account) && fits(place) ? [place] : []
    }),
  )
  return places.length === 0 ? null : world.random.pick(places)
}

function act(world: World, { account, market }: MorphoPlace, action: MorphoAction) {
  const { morpho } = world.contracts
  const named = morpho.markets[market.name as keyof typeof morpho.markets]
  return actOnMorpho(morpho, named, account.account, action)
}

const isLive = ({ market }: MorphoPlace) => market.price !== null && market.price > 0n
const worthOf = ({ market, position }: MorphoPlace) => (position.collateral * market.price!) / priceScale
const allowedOf = (place: MorphoPlace) => (worthOf(place) * place.market.params.lltv) / wad
const freeOf = ({ market: { totals } }: MorphoPlace) => totals.supplyAssets - totals.borrowAssets

/** What an account could put in of a token, worth up to so many dollars. */
function funds(world: World, account: AccountTruth, token: Address, dollars: number): bigint {
  const index = world.truth.reserves.findIndex(({ asset }) => asset.toLowerCase() === token.toLowerCase())
  const wallet = account.holdings[index]?.wallet ?? 0n
  const reserve = world.truth.reserves[index]
  return reserve === undefined ? 0n : least(wallet, unitsWorth(reserve, dollars))
}

/** The price at which the position may owe a little less than it does. */
function priceBelow({ market, position }: MorphoPlace): bigint {
  const wanted = (position.borrowAssets * wad * 97n) / (market.params.lltv * 100n)
  return (wanted * priceScale) / position.collateral
}

type Among = (place: Pick<MorphoPlace, 'market'>) => boolean

/** So little that no price makes it fall short by what a liquidation needs. */
const dust = 10_000n

/** The market whose oracle says what it is told. */
const isTold =
  ({ contracts }: World): Among =>
  ({ market }) =>
    market.params.oracle === contracts.morpho.setOracle.address

/** Somebody who owes there. */
const debtor = (world: World) =>
  anyMorphoPlace(
    world,
    (one) => isTold(world)(one) && one.position.borrowAssets > dust && one.position.collateral > dust,
  )

/** Where nobody owes there any more, somebody comes to. */
const newDebtor = (world: World) => toldAgain(world) ?? loan(world, isTold(world))

/** Somebody's pledge falls short. */
function shortfall(world: World) {
  const place = debtor(world)
  if (place === null) return newDebtor(world)
  const call = contractCall(place.account.account, world.contracts.morpho.setOracle, 'setPrice', [priceBelow(place)])
  return [{ ...call, countsAs: 'Morpho oracle move' }]
}

/** The oracle that says what it is told is told what Aave sees, where it is so far below that nobody would get a loan. */
function toldAgain(world: World) {
  const { morpho, tokens } = world.contracts
  const { reserves, morphoMarkets } = world.truth
  const told = morphoMarkets.find((market) => isTold(world)({ market }))
  const priceIn = (symbol: AssetSymbol) =>
    reserves.find(({ asset }) => asset.toLowerCase() === tokens[symbol].address.toLowerCase())?.price ?? 0n
  const prices = Object.fromEntries(assetSymbols.map((symbol) => [symbol, priceIn(symbol)])) as ByAsset<bigint>
  if (prices.WBTC === 0n || prices.USDC === 0n) return null
  if ((told?.price ?? 0n) * 2n > morphoPriceOf('WBTC', 'USDC', prices)) return null
  return [{ ...setMorphoPrice(morpho, world.random.pick(world.actors), prices), countsAs: 'Morpho oracle move' }]
}

/** Somebody pledges something. */
function pledge(world: World, among: Among = () => true) {
  const place = anyMorphoPlace(
    world,
    (one) => among(one) && isLive(one) && funds(world, one.account, one.market.params.collateralToken, 20_000) > 0n,
  )
  if (place === null) return null
  const assets = funds(world, place.account, place.market.params.collateralToken, world.random.integer(500, 20_000))
  return [{ ...act(world, place, { kind: 'supplyCollateral', assets }), countsAs: 'Morpho supply collateral' }]
}

function lend(world: World, among: Among = () => true) {
  const place = anyMorphoPlace(
    world,
    (one) => among(one) && funds(world, one.account, one.market.params.loanToken, 1) > 0n,
  )
  if (place === null) return null
  const assets = funds(world, place.account, place.market.params.loanToken, world.random.integer(100, 60_000))
  const onBehalf = world.random.next() < 0.3 ? anotherActor(world, place.account.account) : undefined
  return [{ ...act(world, place, { kind: 'supply', assets, onBehalf }), countsAs: 'Morpho supply' }]
}

function loan(world: World, among: Among = () => true) {
  const place = anyMorphoPlace(
    world,
    (one) => among(one) && isLive(one) && allowedOf(one) * 9n > one.position.borrowAssets * 10n && freeOf(one) > 1_000n,
  )
  if (place === null) return world.random.next() < 0.5 ? pledge(world, among) : lend(world, among)
  const room = least((allowedOf(place) * 98n) / 100n - place.position.borrowAssets, freeOf(place))
  const assets = partOf(world, room, 20, 95)
  return [{ ...act(world, place, { kind: 'borrow', assets }), countsAs: 'Morpho borrow' }]
}

/** Only what is proposed for its own sake; what opens the way counts for what it is. */
const first = (calls: ReturnType<typeof loan>, name: string) => (calls?.[0]?.countsAs === name ? calls : null)

function liquidate(world: World, isAtLoss: boolean) {
  const place = anyMorphoPlace(world, (one) => {
    const { position } = one
    if (!isLive(one) || position.borrowAssets === 0n || position.collateral === 0n) return false
    if (allowedOf(one) >= position.borrowAssets) return false
    return isAtLoss === worthOf(one) * 100n < position.borrowAssets * 104n
  })
  if (place === null) return null
  const { position, account } = place
  const liquidator = world.random.pick(
    world.truth.accounts.filter(({ account: other }) => world.actors.includes(other)),
  )
  if (liquidator.account === account.account) return null
  if (funds(world, liquidator, place.market.params.loanToken, 1e9) < position.borrowAssets) return null
  const amount = isAtLoss
    ? { seizedAssets: position.collateral }
    : world.random.next() < 0.5
      ? { repaidShares: partOf(world, position.borrowShares, 1, 90) }
      : { seizedAssets: partOf(world, position.collateral, 1, 80) }
  return act(world, { ...place, account: liquidator }, { kind: 'liquidate', borrower: account.account, ...amount })
}

/** Everything that moves Morpho's books, by users, its owner, and an oracle that says what it is told. */
export function morphoActions({ owner }: Preparation): readonly Action[] {
  return [
    { name: 'Morpho supply', propose: (world) => lend(world) },
    {
      name: 'Morpho withdraw',
      openWay: (world) => lend(world),
      propose: (world) => {
        const place = anyMorphoPlace(world, (one) => one.position.supplyAssets > 1n && freeOf(one) > 1n)
        if (place === null) return null
        const { supplyShares, supplyAssets } = place.position
        if (supplyAssets < freeOf(place) && world.random.next() < 0.3)
          return act(world, place, { kind: 'withdraw', shares: supplyShares })
        const assets = partOf(world, least(supplyAssets, freeOf(place)), 1, 60)
        return act(world, place, { kind: 'withdraw', assets })
      },
    },
    { name: 'Morpho supply collateral', propose: (world) => pledge(world) },
    {
      name: 'Morpho withdraw collateral',
      openWay: (world) => pledge(world),
      propose: (world) => {
        const place = anyMorphoPlace(
          world,
          (one) => isLive(one) && one.position.collateral > 100n && allowedOf(one) > one.position.borrowAssets * 2n,
        )
        if (place === null) return null
        return act(world, place, {
          kind: 'withdrawCollateral',
          assets: partOf(world, place.position.collateral, 1, 40),
        })
      },
    },
    { name: 'Morpho borrow', openWay: (world) => loan(world), propose: (world) => first(loan(world), 'Morpho borrow') },
    {
      name: 'Morpho repay',
      openWay: (world) => loan(world),
      propose: (world) => {
        const place = anyMorphoPlace(
          world,
          ({ account, market, position }) =>
            position.borrowShares > 0n && funds(world, account, market.params.loanToken, 1e9) > position.borrowAssets,
        )
        if (place === null) return null
        const { borrowShares } = place.position
        const shares = world.random.next() < 0.3 ? borrowShares : partOf(world, borrowShares, 1, 80)
        return act(world, place, { kind: 'repay', shares })
      },
    },
    {
      name: 'Morpho authorise',
      propose: async (world) => {
        const account = world.random.pick(world.actors)
        const other = anotherActor(world, account)
        const { core } = world.contracts.morpho
        const now = await readContract<boolean>(world.chain, core, 'isAuthorized', [account, other])
        return contractCall(account, core, 'setAuthorization', [other, !now])
      },
    },
    { name: 'Morpho liquidate', openWay: shortfall, eagerness: 3, propose: (world) => liquidate(world, false) },
    {
      name: 'Morpho liquidate at a loss',
      eagerness: 3,
      propose: (world) => liquidate(world, true),
      openWay: (world) => {
        const place = debtor(world)
        if (place === null) return newDebtor(world)
        const lower = (place.market.price! * 6n) / 10n
        const call = contractCall(place.account.account, world.contracts.morpho.setOracle, 'setPrice', [lower])
        return [{ ...call, countsAs: 'Morpho oracle move' }]
      },
    },
    {
      name: 'Morpho flash loan',
      propose: (world) => {
        const { flashBorrower } = world.contracts.morpho
        const token = world.random.pick(world.truth.morphoMarkets).params.loanToken
        const data = encodeAbiParameters([{ type: 'address' }], [token])
        return contractCall(world.random.pick(world.actors), flashBorrower, 'flashLoan', [token, 1_000n, data])
      },
    },
    {
      name: 'Morpho accrue',
      propose: (world) => {
        const { params } = world.random.pick(world.truth.morphoMarkets)
        return contractCall(world.random.pick(world.actors), world.contracts.morpho.core, 'accrueInterest', [params])
      },
    },
    {
      name: 'Morpho set fee',
      propose: (world) => {
        const { params, fee } = world.random.pick(world.truth.morphoMarkets.filter(({ price }) => price !== null))
        const next = (largestFee * BigInt(world.random.integer(0, 25))) / 25n
        return next === fee ? null : contractCall(owner, world.contracts.morpho.core, 'setFee', [params, next])
      },
    },
    {
      name: 'Morpho set fee recipient',
      propose: async (world) => {
        const { core } = world.contracts.morpho
        const now = await readContract<Address>(world.chain, core, 'feeRecipient')
        const next = world.random.pick(world.actors.filter((actor) => actor.toLowerCase() !== now.toLowerCase()))
        return contractCall(owner, core, 'setFeeRecipient', [next])
      },
    },
    {
      name: 'Morpho oracle move',
      propose: async (world) => {
        const { setOracle } = world.contracts.morpho
        const market = world.truth.morphoMarkets.find(({ params }) => params.oracle === setOracle.address)!
        const factor = BigInt(Math.round(world.random.between(0.9, 1.15) * 1e6))
        return contractCall(owner, setOracle, 'setPrice', [(market.price! * factor) / 1_000_000n])
      },
    },
  ]
}
