import type { ChainConfig, Config } from '../../config/schema'

/** Where the configuration lists what is held through a protocol, by the protocol's name in answers. */
const keys = {
  'aave-v3': 'aaveV3',
  'compound-v3': 'compoundV3',
  erc4626: 'erc4626',
  erc7540: 'erc4626',
  'morpho-blue': 'morphoBlue',
  wallet: 'walletTokens',
} as const satisfies Readonly<Record<string, keyof ChainConfig>>

export const protocolNames = Object.keys(keys) as readonly (keyof typeof keys)[]

/** Protocols that are configured on a chain, or on any where none is named. */
export function configuredProtocols(config: Config, chain: string | null): readonly string[] {
  const chains = chain === null ? Object.values(config.chains) : [config.chains[chain]!]
  return protocolNames.filter((name) => chains.some((each) => each[keys[name]].length > 0))
}
