import { describe, expect, it } from 'vitest'
import { allActions } from '../../simulator/actions/allActions'
import { aaveMutations } from '../../simulator/mutations/aaveMutations'
import { cometMutations } from '../../simulator/mutations/cometMutations'
import { morphoMutations } from '../../simulator/mutations/morphoMutations'
import { vaultMutations } from '../../simulator/mutations/vaultMutations'
import type { Preparation } from '../../simulator/preparation/types'
import { section, tableRows } from './support'

const documented = (heading: string) =>
  tableRows(section('docs/simulator.md', heading)).map(([of, names]) => [of!, names!.split('; ')] as const)

/** Enough of a preparation for actions to have names. */
const preparation = {
  laterReserves: ['isolated', 'siloed', 'few decimals', 'huge', 'passing'].map((role) => ({
    role,
    token: { address: '0x' },
  })),
  ...{ isolatedActors: [], rateStrategies: [], alternativeFeeds: {}, upgrades: {}, watched: [] },
} as unknown as Preparation

describe('the simulator’s lists', () => {
  it('name every action, and no other', () => {
    const names = documented('Actions').flatMap(([, listed]) => listed)
    expect([...names].sort()).toEqual([...new Set(allActions(preparation).map(({ name }) => name))].sort())
  })

  it('name every mutation, and no other', () => {
    const ofVaults = (first: RegExp) => vaultMutations.filter(({ name }) => first.test(name))
    const groups = {
      'Aave v3': aaveMutations,
      'Morpho Blue': morphoMutations,
      'the Comet': cometMutations,
      'vaults that keep their assets': ofVaults(/^Vault (?!V2)|^Receipts /),
      'wrapped aTokens': ofVaults(/^Wrapped /),
      MetaMorpho: ofVaults(/^MetaMorpho /),
      'Vault V2': ofVaults(/^Vault V2 /),
      'requested redemptions': ofVaults(/^Redemption /),
      'a token that rebases': ofVaults(/^Rebase /),
    }
    expect(Object.fromEntries(documented('Mutations'))).toEqual(
      Object.fromEntries(Object.entries(groups).map(([of, mutations]) => [of, mutations.map(({ name }) => name)])),
    )
    for (const [of, { length }] of Object.entries(groups)) expect(length, of).toBeGreaterThanOrEqual(3)
    expect(ofVaults(/^(Vault|Receipts|Wrapped|MetaMorpho|Redemption|Rebase) /)).toEqual(vaultMutations)
  })
})
