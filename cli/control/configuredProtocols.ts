import type { Config } from '../../config/schema'
import { entries, entryKeys } from '../../src/protocols/entries'

/** Everything an account can hold something through, by its name in answers. */
export const protocolNames: readonly string[] = Object.values(entries)
  .flatMap(({ protocols }) => protocols)
  .sort()

/** Protocols that are configured on a chain, or on any where none is named. */
export function configuredProtocols(config: Config, chain: string | null): readonly string[] {
  const chains = chain === null ? Object.values(config.chains) : [config.chains[chain]!]
  const configured = entryKeys.filter((key) => chains.some((each) => each[key].length > 0))
  return configured.flatMap((key) => entries[key].protocols).sort()
}
