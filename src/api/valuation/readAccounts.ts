import type { Facts } from '../facts'
import type { Missing, Reading } from '../protocols/reading'
import { protocols } from '../protocols/registry'
import { lookThroughClaims } from './look-through/lookThroughClaims'

/**
 * Everything the facts say about the accounts at `time`, over all chains of the cut, with shares of vaults replaced by what they are a claim on. Facts of a protocol nobody can read are
 * reported, never skipped in silence.
 */
export function readAccounts(facts: Facts, accounts: readonly string[], time: number): Reading {
  const readings = Object.keys(facts.chains)
    .sort()
    .flatMap((chain) => {
      const chainFacts = facts.chains[chain]!
      const read = accounts.flatMap((account) =>
        Object.values(protocols).map((protocol) => protocol({ chain, facts: chainFacts, account, time: BigInt(time) })),
      )
      const unread = [...new Set(chainFacts.positions.map(({ protocol }) => protocol))]
        .filter((protocol) => !Object.hasOwn(protocols, protocol))
        .map(
          (protocol): Missing => ({
            scope: 'protocol',
            chain,
            id: protocol,
            reasonCode: 'READ_FAILED',
            detail: 'this version cannot value the protocol',
          }),
        )
      const seen: Reading = {
        claims: read.flatMap(({ claims }) => claims),
        units: read.flatMap(({ units }) => units),
        missing: [...read.flatMap(({ missing }) => missing), ...unread],
      }
      return lookThroughClaims(chain, chainFacts, facts.reference, seen, BigInt(time))
    })
  return {
    claims: readings.flatMap(({ claims }) => claims),
    units: readings.flatMap(({ units }) => units),
    missing: readings.flatMap(({ missing }) => missing),
  }
}
