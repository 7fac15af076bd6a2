import { contractCall } from '../../devnet/chain/contractCall'
import { readContract } from '../../devnet/chain/readContract'
import type { Call } from '../../devnet/chain/types'
import { idDataOf, submitted, type VaultV2Call } from '../../devnet/deploy/vaultV2Calls'
import { type VaultV2Place, vaultV2Places } from '../../devnet/operations/vaultV2Places'
import type { Preparation } from '../preparation/types'
import type { AccountTruth } from '../truth/types'
import type { Action, World } from '../types'
import { anotherActor, least, partOf } from './look'

const wad = 10n ** 18n
const secondsPerYear = 365n * 86_400n

interface Found {
  readonly vault: NonNullable<World['contracts']['moreVaults']>['exact']['vaultV2']
  readonly places: readonly VaultV2Place[]
  readonly from: VaultV2Place
  /** What can be brought back from there. */
  readonly free: bigint
  readonly holder: AccountTruth
  readonly shares: bigint
}

/** The vault, a place from which something can be brought back, and somebody who has shares. */
async function find(world: World): Promise<Found | null> {
  const { moreVaults, morpho } = world.contracts
  if (moreVaults === null) return null
  const places = vaultV2Places(moreVaults, morpho)
  const from = world.random.pick(places)
  const holders = world.truth.accounts.filter(({ vaultShares }) => vaultShares.vaultV2! > 0n)
  if (holders.length === 0) return null
  const holder = world.random.pick(holders)
  const [free, vault] = [await freeIn(world, from), moreVaults.exact.vaultV2]
  return free < 1_000n ? null : { vault, places, from, free, holder, shares: holder.vaultShares.vaultV2! }
}

async function freeIn({ chain, contracts, truth }: World, { adapter, market }: VaultV2Place): Promise<bigint> {
  if (market === null) {
    const inner = contracts.moreVaults!.exact.metaMorpho
    return readContract<bigint>(chain, inner, 'maxWithdraw', [adapter])
  }
  const held = await readContract<bigint>(chain, contracts.morpho.lens, 'supplyAssets', [market.id, adapter])
  const { totals } = truth.morphoMarkets.find(({ id }) => id === market.id)!
  return least(held, totals.supplyAssets - totals.borrowAssets)
}

/** From one place to another; now and then everything that is there, so that the first counts no more. */
async function reallocate(world: World, owner: Call['from']) {
  const found = await find(world)
  if (found === null) return null
  const { vault, from, free, places } = found
  const amount = world.random.next() < 0.25 ? free : partOf(world, free, 1, 80)
  const to = world.random.pick(places.filter((place) => place !== from))
  const back = contractCall(owner, vault, 'deallocate', [from.adapter, from.data, amount])
  const there = contractCall(owner, vault, 'allocate', [to.adapter, to.data, partOf(world, amount, 1, 100)])
  return [
    { ...back, countsAs: 'Vault V2 deallocate' },
    { ...there, countsAs: 'Vault V2 allocate' },
  ]
}

/** One of the terms that what shares are worth rests on. */
function setTerms(world: World, { owner }: Preparation): Call | null {
  const { moreVaults, morpho } = world.contracts
  if (moreVaults === null) return null
  const { vaultV2 } = moreVaults.exact
  const share = (most: bigint) => (most * BigInt(world.random.integer(1, 100))) / 100n
  const place = world.random.pick(vaultV2Places(moreVaults, morpho))
  const data = world.random.pick(idDataOf(place.adapter, place.market?.params ?? null))
  const cap = BigInt(world.random.integer(500_000, 50_000_000)) * 1_000_000n
  const terms: readonly VaultV2Call[] = [
    ['setPerformanceFee', [share(wad / 2n)]],
    ['setManagementFee', [share(wad / 20n) / secondsPerYear]],
    ['setPerformanceFeeRecipient', [world.random.pick(world.actors)]],
    ['setForceDeallocatePenalty', [place.adapter, share(wad / 50n)]],
  ]
  if (world.random.next() < 0.6) return submitted(owner, vaultV2, [world.random.pick(terms)])
  return world.random.pick([
    contractCall(owner, vaultV2, 'setMaxRate', [share((2n * wad) / secondsPerYear)]),
    contractCall(owner, vaultV2, 'decreaseAbsoluteCap', [data, cap]),
    contractCall(owner, vaultV2, 'setLiquidityAdapterAndData', [place.adapter, place.data]),
  ])
}

/** What a Vault V2's holders, and who allocates and curates it, do. */
export function vaultV2Actions(preparation: Preparation): readonly Action[] {
  const { owner } = preparation
  return [
    { name: 'Vault V2 allocate', propose: (world) => reallocate(world, owner) },
    { name: 'Vault V2 deallocate', propose: (world) => reallocate(world, owner) },
    {
      name: 'Vault V2 force deallocate',
      async propose(world) {
        const found = await find(world)
        if (found === null) return null
        const { vault, from, free, holder } = found
        const amount = least(partOf(world, free, 1, 30), holder.vaultAssets.vaultV2!)
        return contractCall(holder.account, vault, 'forceDeallocate', [from.adapter, from.data, amount, holder.account])
      },
    },
    {
      name: 'Vault V2 withdraw',
      async propose(world) {
        const found = await find(world)
        if (found === null) return null
        const { vault, holder, shares } = found
        const part = world.random.next() < 0.2 ? shares : partOf(world, shares, 1, 40)
        return contractCall(holder.account, vault, 'redeem', [
          part,
          anotherActor(world, holder.account),
          holder.account,
        ])
      },
    },
    {
      name: 'Vault V2 deposit',
      propose(world) {
        const vault = world.contracts.moreVaults?.exact.vaultV2
        const usdc = world.contracts.tokens.USDC.address.toLowerCase()
        const place = world.truth.reserves.findIndex(({ asset }) => asset.toLowerCase() === usdc)
        const depositor = world.random.pick(world.truth.accounts)
        const { wallet } = depositor.holdings[place]!
        if (vault === undefined || wallet === 0n) return null
        const amount = least(BigInt(world.random.integer(1, 60_000)) * 1_000_003n, wallet)
        return contractCall(depositor.account, vault, 'deposit', [amount, anotherActor(world, depositor.account)])
      },
    },
    { name: 'Vault V2 set terms', propose: (world) => setTerms(world, preparation) },
  ]
}
