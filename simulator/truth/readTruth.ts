import type { Address } from 'viem'
import { readContract } from '../../devnet/chain/readContract'
import type { Contract, LocalChain, MinedBlock } from '../../devnet/chain/types'
import type { AaveMarket, ChainContracts, Comet, MorphoBlue } from '../../devnet/deploy/types'
import { comparedVaults } from './comparedVaults'
import { noCometPosition, readComet } from './readComet'
import { readMany, type View } from './readMany'
import { readMorpho } from './readMorpho'
import { readShares } from './readShares'
import type { AccountTruth, ChainTruth, HoldingTruth, ReserveTruth } from './types'

interface ReserveData {
  readonly id: number
  readonly currentLiquidityRate: bigint
  readonly currentVariableBorrowRate: bigint
  readonly accruedToTreasury: bigint
  readonly aTokenAddress: Address
  readonly stableDebtTokenAddress: Address
  readonly variableDebtTokenAddress: Address
}

const none = /^0x0{40}$/

/** Reads the whole state the checker knows, of all accounts and reserves, at one block. */
export async function readTruth(
  chain: LocalChain,
  contracts: ChainContracts & { readonly aave: AaveMarket; readonly morpho: MorphoBlue; readonly comet: Comet },
  accounts: readonly Address[],
  block: Pick<MinedBlock, 'number' | 'hash' | 'timestamp'>,
): Promise<ChainTruth> {
  const { aave, multicall3 } = contracts
  const vaults = comparedVaults(contracts)
  const read = (views: readonly View[]) => readMany(chain, multicall3, views, block.hash)
  const assets = await readContract<readonly Address[]>(chain, aave.pool, 'getReservesList', [], {
    blockHash: block.hash,
  })
  const data = (await read(
    assets.map((asset) => ({ contract: aave.pool, functionName: 'getReserveData', args: [asset] })),
  )) as ReserveData[]

  const template = Object.values(aave.reserves)[0]!
  const shells = assets.map((asset, index) => {
    const { aTokenAddress, stableDebtTokenAddress, variableDebtTokenAddress, ...rest } = data[index]!
    return {
      asset,
      id: rest.id,
      supplyRate: rest.currentLiquidityRate,
      borrowRate: rest.currentVariableBorrowRate,
      accruedToTreasury: rest.accruedToTreasury,
      underlying: { address: asset, abi: template.underlying.abi },
      aToken: { address: aTokenAddress, abi: template.aToken.abi },
      variableDebtToken: { address: variableDebtTokenAddress, abi: template.variableDebtToken.abi },
      stableDebtToken: none.test(stableDebtTokenAddress)
        ? null
        : { address: stableDebtTokenAddress, abi: template.underlying.abi },
    }
  })

  const reserveViews = shells.map((shell) => viewsOfReserve(aave, shell))
  const accountViews = accounts.map((account) => [
    ...viewsOfAccount(aave, account),
    ...shells.flatMap((shell) => viewsOfHolding(shell, account)),
    ...Object.values(vaults).map((vault) => ({ contract: vault, functionName: 'balanceOf', args: [account] })),
  ])
  const vaultViews = Object.values(vaults).flatMap((vault) => [
    { contract: vault, functionName: 'totalAssets' },
    { contract: vault, functionName: 'totalSupply' },
  ])
  const answers = await read([...reserveViews.flat(), ...accountViews.flat(), ...vaultViews])
  const take = takeFrom(answers)

  const reserves = shells.map((shell, index) => reserveOf(shell, take(reserveViews[index]!.length)))
  const vaultNames = Object.keys(vaults)
  const halves = accounts.map((account, index) =>
    accountOf(account, shells, vaultNames, take(accountViews[index]!.length)),
  )
  const vaultTotals = Object.fromEntries(
    vaultNames.map((name) => {
      const [totalAssets, totalSupply] = take(2) as [bigint, bigint]
      return [name, { totalAssets, totalSupply }]
    }),
  )
  const complete = await withVaultAssets(read, vaults, halves)
  const morpho = await readMorpho(chain, contracts, contracts.morpho, accounts, block.hash)
  const comet = await readComet(chain, contracts, contracts.comet, accounts, block.hash)
  const shares = await readShares(chain, contracts, contracts.morpho, accounts, block.hash)
  return {
    chain: chain.name,
    blockNumber: block.number,
    blockHash: block.hash,
    timestamp: block.timestamp,
    reserves,
    accounts: complete.map((account, index) => ({
      ...account,
      morpho: morpho.positions[index]!,
      comet: comet.positions[index]!,
      ...shares.accounts[index]!,
    })),
    morphoMarkets: morpho.markets,
    comet: comet.comet,
    vaults: vaultTotals,
    lenders: shares.lenders,
    vaultV2: shares.vaultV2,
  }
}

interface Shell extends Pick<ReserveTruth, 'asset' | 'id' | 'supplyRate' | 'borrowRate' | 'accruedToTreasury'> {
  readonly underlying: Contract
  readonly aToken: Contract
  readonly variableDebtToken: Contract
  readonly stableDebtToken: Contract | null
}

function viewsOfReserve(aave: AaveMarket, shell: Shell): View[] {
  const ofPool = (functionName: string): View => ({ contract: aave.pool, functionName, args: [shell.asset] })
  return [
    { contract: shell.underlying, functionName: 'decimals' },
    ofPool('getConfiguration'),
    { contract: aave.oracle, functionName: 'getAssetPrice', args: [shell.asset] },
    ofPool('getReserveNormalizedIncome'),
    ofPool('getReserveNormalizedVariableDebt'),
    { contract: shell.aToken, functionName: 'scaledTotalSupply' },
    { contract: shell.aToken, functionName: 'totalSupply' },
    { contract: shell.variableDebtToken, functionName: 'scaledTotalSupply' },
    { contract: shell.variableDebtToken, functionName: 'totalSupply' },
    ...(shell.stableDebtToken === null ? [] : [{ contract: shell.stableDebtToken, functionName: 'totalSupply' }]),
    ...(aave.version === '3.6'
      ? [ofPool('getVirtualUnderlyingBalance'), ofPool('getReserveDeficit')]
      : [{ contract: shell.underlying, functionName: 'balanceOf', args: [shell.aToken.address] }]),
  ]
}

function reserveOf(shell: Shell, answers: unknown[]): ReserveTruth {
  const [decimals, configuration, ...amounts] = answers as [number | bigint, { data: bigint }, ...bigint[]]
  const [price, normalizedIncome, normalizedDebt, scaledSupply, supply, scaledDebt, debt, ...rest] = amounts
  const stable = shell.stableDebtToken === null ? 0n : rest.shift()!
  const [liquidity, deficit] = rest
  return {
    ...shell,
    decimals: Number(decimals),
    configuration: configuration.data,
    price: price!,
    normalizedIncome: normalizedIncome!,
    normalizedDebt: normalizedDebt!,
    scaledSupply: scaledSupply!,
    supply: supply!,
    scaledDebt: scaledDebt!,
    debt: debt!,
    stableDebt: stable,
    liquidity: liquidity!,
    deficit: deficit ?? 0n,
  }
}

function viewsOfAccount(aave: AaveMarket, account: Address): View[] {
  return ['getUserAccountData', 'getUserEMode', 'getUserConfiguration'].map((functionName) => ({
    contract: aave.pool,
    functionName,
    args: [account],
  }))
}

function viewsOfHolding(shell: Shell, account: Address): View[] {
  const of = (contract: Contract, functionName: string): View => ({ contract, functionName, args: [account] })
  return [
    of(shell.underlying, 'balanceOf'),
    of(shell.aToken, 'scaledBalanceOf'),
    of(shell.aToken, 'balanceOf'),
    of(shell.variableDebtToken, 'scaledBalanceOf'),
    of(shell.variableDebtToken, 'balanceOf'),
    ...(shell.stableDebtToken === null ? [] : [of(shell.stableDebtToken, 'balanceOf')]),
  ]
}

function accountOf(
  account: Address,
  shells: readonly Shell[],
  vaultNames: readonly string[],
  answers: unknown[],
): AccountTruth {
  const [data, emode, configuration, ...amounts] = answers as [readonly bigint[], bigint, { data: bigint }, ...bigint[]]
  const take = takeFrom(amounts)
  const holdings = shells.map((shell): HoldingTruth => {
    const [wallet, scaledSupply, supply, scaledDebt, debt, stableDebt] = take(shell.stableDebtToken === null ? 5 : 6)
    return {
      wallet: wallet!,
      scaledSupply: scaledSupply!,
      supply: supply!,
      scaledDebt: scaledDebt!,
      debt: debt!,
      stableDebt: stableDebt ?? 0n,
    }
  })
  const shares = take(vaultNames.length)
  return {
    account,
    collateralBase: data[0]!,
    debtBase: data[1]!,
    availableBorrowsBase: data[2]!,
    healthFactor: data[5]!,
    emode: Number(emode),
    configuration: configuration.data,
    holdings,
    vaultShares: Object.fromEntries(vaultNames.map((name, index) => [name, shares[index]!])),
    vaultAssets: {},
    morpho: [],
    comet: noCometPosition,
    ...{ requested: 0n, requestedAssets: 0n, staked: 0n },
  }
}

/** Adds what each account's shares convert to, which can only be asked once the shares are known. */
async function withVaultAssets(
  read: (views: readonly View[]) => Promise<unknown[]>,
  vaults: ChainContracts['vaults'],
  accounts: readonly AccountTruth[],
): Promise<AccountTruth[]> {
  const questions = accounts.flatMap(({ account, vaultShares }) =>
    Object.entries(vaultShares).flatMap(([name, shares]) => (shares === 0n ? [] : [{ account, name, shares }])),
  )
  const answers = await read(
    questions.map(({ name, shares }) => ({ contract: vaults[name]!, functionName: 'convertToAssets', args: [shares] })),
  )
  return accounts.map((account) => ({
    ...account,
    vaultAssets: {
      ...Object.fromEntries(Object.keys(vaults).map((name) => [name, 0n])),
      ...Object.fromEntries(
        questions.flatMap(({ account: owner, name }, index) =>
          owner === account.account ? [[name, answers[index] as bigint]] : [],
        ),
      ),
    },
  }))
}

function takeFrom<T>(items: readonly T[]): (count: number) => T[] {
  let position = 0
  return (count) => {
    position += count
    return items.slice(position - count, position)
  }
}
