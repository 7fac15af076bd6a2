import { contractCall } from '../../devnet/chain/contractCall'
import type { Call } from '../../devnet/chain/types'
import type { Action, World } from '../types'
import { giveCredit } from './accountHelp'
import { anotherActor, anyPlace, least, partOf } from './look'

const hasNoVirtualShares = (name: string) => name === 'plainUsdc'
const wrapsATokens = (name: string) => name.startsWith('stata')

/** A vault, and the truth of the reserve of its asset (whose wallet balances pay deposits). */
function anyVault(world: World, fits: (name: string) => boolean = () => true) {
  const names = Object.keys(world.contracts.vaults).filter(fits)
  if (names.length === 0) return null
  const name = world.random.pick(names)
  const vault = world.contracts.vaults[name]!
  const asset = world.contracts.tokens[vault.asset].address.toLowerCase()
  const reserveIndex = world.truth.reserves.findIndex((reserve) => reserve.asset.toLowerCase() === asset)
  return { name, vault, reserveIndex }
}

function anyShareholder(world: World, name: string) {
  const holders = world.truth.accounts.filter(({ vaultShares }) => vaultShares[name]! > 0n)
  return holders.length === 0 ? null : world.random.pick(holders)
}

function deposit(world: World, fits?: (name: string) => boolean): Call | null {
  const found = anyVault(world, fits)
  if (found === null) return null
  const account = world.random.pick(world.truth.accounts)
  const { wallet } = account.holdings[found.reserveIndex]!
  if (wallet === 0n) return null
  const amount = least(BigInt(world.random.integer(1, 200_000)) * 1_000_003n, wallet)
  return contractCall(account.account, found.vault, 'deposit', [amount, anotherActor(world, account.account)])
}

const depositSomewhere = (fits?: (name: string) => boolean) => (world: World) => {
  const call = deposit(world, fits)
  return call === null ? null : [{ ...call, countsAs: 'deposit to a vault' }]
}

export const vaultActions: readonly Action[] = [
  {
    name: 'deposit to a vault',
    propose: (world) => deposit(world),
  },
  {
    name: 'redeem from a vault',
    openWay: depositSomewhere(),
    propose: (world) => {
      const found = anyVault(world)
      const holder = found === null ? null : anyShareholder(world, found.name)
      if (found === null || holder === null) return null
      const shares = holder.vaultShares[found.name]!
      const amount = world.random.next() < 0.3 ? shares : partOf(world, shares, 1, 70)
      return contractCall(holder.account, found.vault, 'redeem', [amount, holder.account, holder.account])
    },
  },
  {
    name: 'transfer vault shares',
    openWay: depositSomewhere(),
    propose: (world) => {
      const found = anyVault(world)
      const holder = found === null ? null : anyShareholder(world, found.name)
      if (found === null || holder === null) return null
      const amount = partOf(world, holder.vaultShares[found.name]!, 1, 100)
      return contractCall(holder.account, found.vault, 'transfer', [anotherActor(world, holder.account), amount])
    },
  },
  {
    name: 'donate to a vault',
    propose: (world) => {
      const found = anyVault(world, world.random.next() < 0.5 ? hasNoVirtualShares : undefined)
      if (found === null) return null
      const account = world.random.pick(world.truth.accounts)
      const { wallet } = account.holdings[found.reserveIndex]!
      if (wallet < 10n) return null
      // One virtual asset more or less shows once a share is worth several.
      const most = hasNoVirtualShares(found.name) ? wallet : 987_654_321n
      const token = world.contracts.tokens[found.vault.asset]
      return contractCall(account.account, token, 'transfer', [found.vault.address, least(wallet / 10n, most)])
    },
  },
  {
    name: 'wrap aTokens',
    openWay: giveCredit,
    versions: ['3.6'],
    eagerness: 2,
    propose: (world) => {
      const found = anyVault(world, wrapsATokens)
      if (found === null) return null
      const { reserveIndex, vault } = found
      const place = anyPlace(
        world,
        (candidate) =>
          candidate.reserveIndex === reserveIndex &&
          candidate.holding.supply > 1_000n &&
          candidate.account.healthFactor > 13n * 10n ** 17n,
      )
      if (place === null) return null
      const { account } = place.account
      const amount = partOf(world, place.holding.supply, 1, 20)
      return contractCall(account, vault, 'depositATokens', [amount, anotherActor(world, account)])
    },
  },
  {
    name: 'unwrap to aTokens',
    openWay: depositSomewhere(wrapsATokens),
    versions: ['3.6'],
    eagerness: 2,
    propose: (world) => {
      const found = anyVault(world, wrapsATokens)
      const holder = found === null ? null : anyShareholder(world, found.name)
      if (found === null || holder === null) return null
      const shares = holder.vaultShares[found.name]!
      const amount = world.random.next() < 0.3 ? shares : partOf(world, shares, 1, 70)
      const { account } = holder
      return contractCall(account, found.vault, 'redeemATokens', [amount, account, account])
    },
  },
]
