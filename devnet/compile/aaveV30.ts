import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from './projectRoot'
import type { Artifact, Artifacts } from './types'

const artifactFiles = {
  PoolAddressesProvider: 'protocol/configuration/PoolAddressesProvider',
  ACLManager: 'protocol/configuration/ACLManager',
  AaveOracle: 'misc/AaveOracle',
  AaveProtocolDataProvider: 'misc/AaveProtocolDataProvider',
  DefaultReserveInterestRateStrategy: 'protocol/pool/DefaultReserveInterestRateStrategy',
  Pool: 'protocol/pool/Pool',
  PoolConfigurator: 'protocol/pool/PoolConfigurator',
  BorrowLogic: 'protocol/libraries/logic/BorrowLogic',
  BridgeLogic: 'protocol/libraries/logic/BridgeLogic',
  ConfiguratorLogic: 'protocol/libraries/logic/ConfiguratorLogic',
  EModeLogic: 'protocol/libraries/logic/EModeLogic',
  FlashLoanLogic: 'protocol/libraries/logic/FlashLoanLogic',
  LiquidationLogic: 'protocol/libraries/logic/LiquidationLogic',
  PoolLogic: 'protocol/libraries/logic/PoolLogic',
  SupplyLogic: 'protocol/libraries/logic/SupplyLogic',
  AToken: 'protocol/tokenization/AToken',
  StableDebtToken: 'protocol/tokenization/StableDebtToken',
  VariableDebtToken: 'protocol/tokenization/VariableDebtToken',
} as const

export type AaveV30Contract = keyof typeof artifactFiles

/** Aave v3.0 as its package carries it: already compiled. */
export async function loadAaveV30(): Promise<Artifacts<AaveV30Contract>> {
  const folder = join(projectRoot(), 'node_modules', '@aave', 'core-v3', 'artifacts', 'contracts')
  const entries = Object.entries(artifactFiles).map(async ([name, file]) => {
    const { abi, bytecode, linkReferences } = JSON.parse(
      await readFile(join(folder, `${file}.sol`, `${name}.json`), 'utf8'),
    ) as Artifact
    return [name, { abi, bytecode, linkReferences }] as const
  })
  return Object.fromEntries(await Promise.all(entries)) as Artifacts<AaveV30Contract>
}
