import { maxUint256, stringToHex } from 'viem'
import { assetSymbols } from '../../devnet/assets'
import { contractCall } from '../../devnet/chain/contractCall'
import { readContract } from '../../devnet/chain/readContract'
import type { Preparation } from '../preparation/types'
import type { Action, Proposal, World } from '../types'
import { anyPlace, anyReserve, isCollateral, isOpen, placesWhere } from './look'

const one = 10n ** 18n

/** Repays as much of somebody's debt as the pool allows and takes the collateral. */
function liquidate(world: World, receiveAToken: boolean) {
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
  const debtor = debt.account.account
  const liquidators = world.truth.accounts.filter(
    ({ account, holdings }) => account !== debtor && holdings[debt.reserveIndex]!.wallet > 0n,
  )
  if (liquidators.length === 0) return null
  const pledge = world.random.pick(pledges)
  return contractCall(world.random.pick(liquidators).account, world.contracts.aave.pool, 'liquidationCall', [
    pledge.reserve.asset,
    debt.reserve.asset,
    debtor,
    world.random.next() < 0.7 ? maxUint256 : debt.holding.debt / 4n + 1n,
    receiveAToken,
  ])
}

/** The id under which the addresses provider keeps who may cover deficits: text, not its hash. */
export const umbrellaId = stringToHex('UMBRELLA', { size: 32 })

const allPrice = 100n
const crashedPrice = 4n

/**
 * For the moment of one liquidation the only collateral of an account is worth next to nothing, so that its debt is left with
 * nothing behind it.
 */
async function liquidateToBadDebt(world: World, { owner, alternativeFeeds }: Preparation): Promise<Proposal> {
  const { chain, contracts, truth, random } = world
  const { aave, feeds, tokens } = contracts
  const symbol = random.pick(assetSymbols)
  const pledge = anyPlace(
    world,
    (place) =>
      isSame(place.reserve.asset, tokens[symbol].address) &&
      isOpen(place.reserve) &&
      place.holding.supply > 0n &&
      isCollateral(place) &&
      place.account.debtBase > 0n &&
      placesWhere(truth, (other) => other.account === place.account && isCollateral(other)).length === 1,
  )
  if (pledge === null) return null
  const debts = placesWhere(
    truth,
    ({ account, reserve, holding }) =>
      account === pledge.account && holding.debt > 0n && isOpen(reserve) && reserve !== pledge.reserve,
  )
  if (debts.length === 0) return null
  const debt = random.pick(debts)
  const debtor = pledge.account.account
  const liquidators = truth.accounts.filter(
    ({ account, holdings }) => account !== debtor && holdings[debt.reserveIndex]!.wallet > debt.holding.debt / 10n,
  )
  if (liquidators.length === 0) return null
  const source = await readContract<string>(chain, aave.oracle, 'getSourceOfAsset', [tokens[symbol].address])
  const own = feeds[symbol]
  const { aggregator } = isSame(source, own.proxy.address) ? own : alternativeFeeds[symbol]
  const [answer, round] = await Promise.all([
    readContract<bigint>(chain, aggregator, 'latestAnswer'),
    readContract<bigint>(chain, aggregator, 'latestRound'),
  ])
  const crashed = (answer * crashedPrice) / allPrice
  const submit = (after: bigint, price: bigint, countsAs: string) => ({
    ...contractCall(owner, aggregator, 'submit', [round + after, price > 0n ? price : 1n]),
    countsAs,
  })
  return [
    submit(1n, crashed, 'price crash'),
    contractCall(random.pick(liquidators).account, aave.pool, 'liquidationCall', [
      pledge.reserve.asset,
      debt.reserve.asset,
      debtor,
      maxUint256,
      false,
    ]),
    submit(2n, answer, 'price recovery'),
  ]
}

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

export const liquidationActions = (preparation: Preparation): readonly Action[] => [
  { name: 'liquidate for the underlying', eagerness: 6, propose: (world) => liquidate(world, false) },
  { name: 'liquidate for aTokens', eagerness: 6, propose: (world) => liquidate(world, true) },
  { name: 'liquidate to bad debt', eagerness: 3, propose: (world) => liquidateToBadDebt(world, preparation) },
  {
    name: 'cover a deficit',
    eagerness: 6,
    versions: ['3.6'],
    propose: async (world) => {
      const reserve = anyReserve(world, ({ deficit }) => deficit > 0n)
      if (reserve === null) return null
      const { aave } = world.contracts
      const umbrella = await readContract<`0x${string}`>(world.chain, aave.addressesProvider, 'getAddress', [
        umbrellaId,
      ])
      const amount = world.random.next() < 0.2 ? reserve.deficit : reserve.deficit / 2n + 1n
      return contractCall(umbrella, aave.pool, 'eliminateReserveDeficit', [reserve.asset, amount])
    },
  },
]
