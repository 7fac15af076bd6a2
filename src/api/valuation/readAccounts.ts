import type { ChainFacts, Facts, OpeningFact } from '../facts'
import type { Missing, Reading } from '../protocols/reading'
import { protocols } from '../protocols/registry'
import { lookThroughClaims } from './look-through/lookThroughClaims'
import { withQuarantines } from './quarantine'

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
        missing: [...read.flatMap(({ missing }) => missing), ...unread, ...unseen(chain, chainFacts)],
      }
      return withQuarantines(
        chain,
        chainFacts,
        lookThroughClaims(chain, chainFacts, facts.reference, seen, BigInt(time)),
      )
    })
  return {
    claims: readings.flatMap(({ claims }) => claims),
    units: readings.flatMap(({ units }) => units),
    missing: readings.flatMap(({ missing }) => missing),
  }
}

/** What was there before the index: nothing says whether the accounts had something in it that has not moved since. */
function unseen(chain: string, { openings = [] }: ChainFacts): readonly Missing[] {
  return openings.map((opening) => ({
    scope: 'market',
    chain,
    id: opening.contract,
    reasonCode: 'NOT_HYDRATED',
    detail: describe(opening),
  }))
}

function describe({ protocol, contract, blockNumber }: OpeningFact): string {
  const [name, unlisted] = protocol.split(':')
  const since = 'it is older than the first indexed block'
  if (unlisted !== undefined)
    return `what was in markets of ${name} ${contract} that nobody has used since block ${blockNumber} is not known: ${since}, and its markets could not be listed; name them in the configuration`
  return `what was in ${protocol} ${contract} at block ${blockNumber} and has not moved since is not known: ${since}; hydrate the account`
}
