import { compileContracts } from './compileContracts'
import type { CompilationUnit } from './types'

const vault = (name: string) => `devnet/contracts/vaults/${name}.sol`
const hostile = (name: string) => `devnet/contracts/hostile/${name}.sol`

const unit = {
  name: 'vaults',
  compiler: 'solc-0.8.27',
  // The stand-in of Vault V2 has a word that lasts one transaction.
  evmVersion: 'cancun',
  optimizerRuns: 200,
  contracts: {
    MetaMorphoStandIn: vault('MetaMorphoStandIn'),
    MetaMorphoV1_1StandIn: vault('MetaMorphoV1_1StandIn'),
    VaultV2StandIn: vault('VaultV2StandIn'),
    VaultV2MarketAdapterStandIn: vault('VaultV2MarketAdapterStandIn'),
    VaultV2MarketAdapterV2StandIn: vault('VaultV2MarketAdapterV2StandIn'),
    VaultV2VaultAdapterStandIn: vault('VaultV2VaultAdapterStandIn'),
    PlainVault: vault('PlainVault'),
    OwnRateVault: vault('OwnRateVault'),
    AsyncVault: vault('AsyncVault'),
    RebasingEther: vault('RebasingEther'),
    HostileVault: hostile('HostileVault'),
    HostileFeed: hostile('HostileFeed'),
    HostileToken: hostile('HostileToken'),
  },
} as const satisfies CompilationUnit

export type VaultContract = keyof (typeof unit)['contracts']

/** Vaults of every kind: stand-ins for those whose code is in no package, and contracts that answer as badly as they can. */
export const compileVaultContracts = (log?: (line: string) => void) => compileContracts<VaultContract>(unit, log)
