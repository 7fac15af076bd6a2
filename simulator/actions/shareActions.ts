import { contractCall } from '../../devnet/chain/contractCall'
import type { AccountTruth } from '../truth/types'
import type { Action, World } from '../types'
import { anotherActor, least, partOf } from './look'

/** An account of which something fits. */
function anyAccount(world: World, fits: (account: AccountTruth) => boolean): AccountTruth | null {
  const fitting = world.truth.accounts.filter(fits)
  return fitting.length === 0 ? null : world.random.pick(fitting)
}

function usdcOf(world: World, account: AccountTruth): bigint {
  const usdc = world.contracts.tokens.USDC.address.toLowerCase()
  return account.holdings[world.truth.reserves.findIndex(({ asset }) => asset.toLowerCase() === usdc)]?.wallet ?? 0n
}

function depositForLater(world: World) {
  const vault = world.contracts.moreVaults?.async
  const account = anyAccount(world, (one) => usdcOf(world, one) > 0n)
  if (vault === undefined || account === null) return null
  const amount = least(BigInt(world.random.integer(1, 50_000)) * 1_000_003n, usdcOf(world, account))
  return contractCall(account.account, vault, 'deposit', [amount, account.account])
}

function request(world: World) {
  const vault = world.contracts.moreVaults?.async
  if (vault === undefined) return null
  const account = anyAccount(world, ({ vaultShares }) => vaultShares.async! > 0n)
  if (account === null) return null
  const shares = partOf(world, account.vaultShares.async!, 1, 100)
  return contractCall(account.account, vault, 'requestRedeem', [shares, account.account, account.account])
}

/** Fulfilling alone changes nothing that is compared, so that both come together. */
function claim(world: World) {
  const vault = world.contracts.moreVaults?.async
  const account = anyAccount(world, ({ requested }) => requested > 0n)
  if (vault === undefined || account === null) return null
  const fulfilment = contractCall(anotherActor(world, account.account), vault, 'fulfil', [account.account])
  const shares = partOf(world, account.requested, 1, 100)
  const receiver = anotherActor(world, account.account)
  const redemption = contractCall(account.account, vault, 'redeem', [shares, receiver, account.account])
  return [
    { ...fulfilment, countsAs: 'fulfil a redemption' },
    { ...redemption, countsAs: 'claim a redemption' },
  ]
}

function stake(world: World) {
  const token = world.contracts.moreVaults?.rebasing
  if (token === undefined) return null
  const amount = BigInt(world.random.integer(1, 90_000)) * 1_000_000_000_000_007n
  return contractCall(world.random.pick(world.truth.accounts).account, token, 'submit', [amount])
}

const countsAs = (call: ReturnType<typeof stake>, name: string) =>
  call === null ? null : [{ ...call, countsAs: name }]

/** Redemptions that are requested first, and staked ether whose balances grow: both are kept by shares. */
export const shareActions: readonly Action[] = [
  { name: 'deposit for later redemption', propose: depositForLater },
  {
    name: 'request a redemption',
    openWay: (world) => countsAs(depositForLater(world), 'deposit for later redemption'),
    propose: request,
  },
  {
    name: 'claim a redemption',
    openWay: (world) => countsAs(request(world), 'request a redemption'),
    propose: claim,
  },
  // A reorganisation may drop what a claim was fulfilled by and keep the claim, which an earlier one then serves.
  {
    name: 'fulfil a redemption',
    openWay: (world) => countsAs(request(world), 'request a redemption'),
    propose: claim,
  },
  { name: 'stake', propose: stake },
  {
    name: 'transfer staked ether',
    openWay: (world) => countsAs(stake(world), 'stake'),
    propose: (world) => {
      const token = world.contracts.moreVaults?.rebasing
      const account = anyAccount(world, ({ staked }) => staked > 1_000n)
      if (token === undefined || account === null) return null
      const to = anotherActor(world, account.account)
      return contractCall(account.account, token, 'transfer', [to, partOf(world, account.staked, 1, 100)])
    },
  },
  {
    name: 'rebase staked ether',
    openWay: (world) => countsAs(stake(world), 'stake'),
    propose: (world) => {
      const token = world.contracts.moreVaults?.rebasing
      const staked = world.truth.accounts.reduce((sum, account) => sum + account.staked, 0n)
      if (token === undefined || staked === 0n) return null
      const change = (staked * BigInt(world.random.integer(-40, 400))) / 100_000n
      return contractCall(world.random.pick(world.truth.accounts).account, token, 'report', [change])
    },
  },
]
