import { maxUint256 } from 'viem'
import { contractCall } from '../../devnet/chain/contractCall'
import { readContract } from '../../devnet/chain/readContract'
import type { Call, Contract } from '../../devnet/chain/types'
import type { Preparation } from '../preparation/types'
import type { Action, ProposedCall, World } from '../types'
import { pledgeInstead } from './accountHelp'
import { anyPlace, anyReserve, isCollateral, isOpen, isPassing, placesWhere, reserveIn } from './look'

/** Where proxies keep their implementation (EIP-1967). */
const implementationSlot = '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc'

/** Reserves that come and go, and tokens that get a new implementation. */
export function listingActions(preparation: Preparation): readonly Action[] {
  const { owner, governor, laterReserves, upgrades } = preparation

  const list = (world: World): Call | null => {
    const unlisted = laterReserves.filter(({ token }) => reserveIn(world.truth, token.address) === null)
    if (unlisted.length === 0) return null
    const { listing } = world.random.pick(unlisted)
    const calls = listing.map(({ to, data }) => ({ target: to, callData: data }))
    return contractCall(owner, governor, 'aggregate', [calls])
  }

  /** Everybody who holds any of it leaves first, with other collateral where there is debt; the treasury may have been paid by a liquidation. */
  const drop = async (world: World): Promise<readonly ProposedCall[] | null> => {
    const reserve = anyReserve(world, (candidate) => isPassing(candidate, preparation) && isOpen(candidate))
    if (reserve === null) return null
    const { asset, aToken } = reserve
    const { pool, configurator, treasury } = world.contracts.aave
    const paid = await readContract<bigint>(world.chain, aToken, 'balanceOf', [treasury.address])
    const holders = placesWhere(world.truth, (place) => place.reserve === reserve && place.holding.supply > 0n)
    const owing = holders.filter((place) => place.account.debtBase > 0n && isCollateral(place))
    const replacements = owing.flatMap((place) => pledgeInstead(world, place) ?? [])
    const leaving = [...holders.map(({ account }) => account.account), ...(paid > 0n ? [treasury.address] : [])]
    return [
      ...replacements,
      ...leaving.map((account) => ({
        ...contractCall(account, pool, 'withdraw', [asset, maxUint256, account]),
        countsAs: 'withdraw all',
      })),
      contractCall(owner, configurator, 'dropReserve', [asset]),
    ]
  }

  return [
    {
      name: 'list a reserve',
      eagerness: 4,
      propose: list,
      openWay: async (world) => (await drop(world))?.map((call) => ({ countsAs: 'drop a reserve', ...call })) ?? null,
    },
    {
      name: 'drop a reserve',
      eagerness: 4,
      propose: drop,
      openWay: (world) => {
        const call = list(world)
        return call === null ? null : [{ ...call, countsAs: 'list a reserve' }]
      },
    },
    upgrade('upgrade an aToken', 'updateAToken', 'aToken', ({ contracts: { aave } }) =>
      aave.version === '3.0'
        ? { treasury: aave.treasury.address, incentivesController: aave.implementations.incentivesController }
        : {},
    ),
    upgrade('upgrade a debt token', 'updateVariableDebtToken', 'variableDebtToken', ({ contracts: { aave } }) =>
      aave.version === '3.0' ? { incentivesController: aave.implementations.incentivesController } : {},
    ),
  ]

  /** Between two movements of the same token in the same block. A token upgraded twice would revert. */
  function upgrade(
    name: string,
    functionName: string,
    side: 'aToken' | 'variableDebtToken',
    rest: (world: World) => object,
  ): Action {
    return {
      name,
      eagerness: 3,
      propose: async (world) => {
        const open = world.truth.reserves.filter(isOpen)
        const implementations = await Promise.all(
          open.map((reserve) =>
            world.chain.client.getStorageAt({ address: reserve[side].address, slot: implementationSlot }),
          ),
        )
        const next = BigInt(upgrades[side])
        const old = open.filter((_, index) => BigInt(implementations[index] ?? 0) !== next)
        if (old.length === 0) return null
        const reserve = world.random.pick(old)
        const symbol = reserve.asset.slice(2, 8)
        const input = {
          asset: reserve.asset,
          name: `Next ${side} ${symbol}`,
          symbol: `next${symbol}`,
          implementation: upgrades[side],
          params: '0x10',
          ...rest(world),
        }
        const upgradeCall = contractCall(owner, world.contracts.aave.configurator, functionName, [input])
        return [...movement(world, reserve[side]), upgradeCall, ...movement(world, reserve[side])]
      },
    }
  }
}

/** Somebody moves a little of the token: an aToken is transferred, a debt repaid. */
function movement(world: World, token: Contract): readonly ProposedCall[] {
  const place = anyPlace(
    world,
    ({ account, reserve, holding }) =>
      (reserve.aToken.address === token.address && holding.supply > 100n && account.healthFactor > 12n * 10n ** 17n) ||
      (reserve.variableDebtToken.address === token.address && holding.debt > 100n && holding.wallet > 100n),
  )
  if (place === null) return []
  const { account } = place.account
  if (place.reserve.aToken.address === token.address) {
    const receiver = world.random.pick(world.actors)
    const amount = place.holding.supply / BigInt(world.random.integer(20, 200))
    return [{ ...contractCall(account, token, 'transfer', [receiver, amount]), countsAs: 'transfer aToken' }]
  }
  const amount = place.holding.debt / BigInt(world.random.integer(20, 200)) + 1n
  const { pool } = world.contracts.aave
  const arguments_ = [place.reserve.asset, amount, 2n, account]
  return [{ ...contractCall(account, pool, 'repay', arguments_), countsAs: 'repay' }]
}
