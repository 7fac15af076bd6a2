import { maxUint256 } from 'viem'
import { contractCall } from '../../devnet/chain/contractCall'
import type { Vault } from '../../devnet/deploy/types'
import type { Preparation } from '../preparation/types'
import type { Action, World } from '../types'
import { least } from './look'

const wad = 10n ** 18n
const queue = ['wethUsdc', 'wbtcUsdc', 'idleUsdc'] as const
const orders = [
  [2n, 0n, 1n],
  [1n, 2n, 0n],
  [0n, 1n, 2n],
] as const

const lenders = ({ contracts }: World): readonly Vault[] =>
  contracts.moreVaults === null
    ? []
    : [contracts.moreVaults.exact.metaMorpho, contracts.moreVaults.exact.metaMorphoV1_1]

/** What the curators of vaults that lend in Morpho do. */
export function lendingVaultActions({ owner }: Preparation): readonly Action[] {
  const ofLender =
    (propose: (world: World, vault: Vault) => ReturnType<Action['propose']>): Action['propose'] =>
    (world) => {
      const vaults = lenders(world)
      return vaults.length === 0 ? null : propose(world, world.random.pick(vaults))
    }
  return [
    {
      name: 'MetaMorpho reallocate',
      eagerness: 2,
      propose: ofLender((world, vault) => {
        const { markets } = world.contracts.morpho
        const from = world.random.pick(queue)
        const to = world.random.pick(queue.filter((name) => name !== from))
        const market = world.truth.morphoMarkets.find(({ name }) => name === from)!
        const holder = world.truth.lenders[vault.address]![from]!
        const { supplyAssets, borrowAssets } = market.totals
        const free = least(supplyAssets - borrowAssets, holder)
        if (free < 100n) return null
        const kept = holder - (free * BigInt(world.random.integer(1, 90))) / 100n
        const moves = [
          { marketParams: markets[from].params, assets: kept },
          { marketParams: markets[to].params, assets: maxUint256 },
        ]
        return contractCall(owner, vault, 'reallocate', [moves])
      }),
    },
    {
      name: 'MetaMorpho set cap',
      propose: ofLender((world, vault) => {
        const { params } = world.contracts.morpho.markets[world.random.pick(queue.slice(0, 2))]
        const cap = BigInt(world.random.integer(1, 900_000)) * 1_000_000n
        return contractCall(owner, vault, 'submitCap', [params, cap])
      }),
    },
    {
      name: 'MetaMorpho set fee',
      propose: ofLender((world, vault) =>
        contractCall(owner, vault, 'setFee', [(wad * BigInt(world.random.integer(1, 50))) / 100n]),
      ),
    },
    {
      name: 'MetaMorpho set fee recipient',
      propose: ofLender((world, vault) =>
        contractCall(owner, vault, 'setFeeRecipient', [world.random.pick(world.actors)]),
      ),
    },
    {
      name: 'MetaMorpho withdraw queue',
      propose: ofLender((world, vault) =>
        contractCall(owner, vault, 'updateWithdrawQueue', [world.random.pick(orders)]),
      ),
    },
  ]
}
