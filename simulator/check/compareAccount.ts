import { maxUint256 } from 'viem'
import type { AccountTruth, ChainTruth } from '../truth/types'
import type { Drift } from '../types'
import type { CollateralBody, CollateralRow } from './wire'

/** Every position, the health factor and the vault shares of one account: what the API says against what the contracts say. */
export function compareAccount(
  truth: ChainTruth,
  account: AccountTruth,
  vaultAddresses: Readonly<Record<string, string>>,
  body: CollateralBody,
): Drift[] {
  const drifts: Drift[] = []
  const expectEqual = (figure: string, expected: bigint | null, actual: bigint | null) => {
    if (expected === actual) return
    drifts.push({
      chain: truth.chain,
      block: truth.blockNumber,
      account: account.account,
      figure,
      expected: String(expected),
      actual: String(actual),
    })
  }
  const rows = body.collateral.filter(({ chain }) => chain === truth.chain)
  const lending = rows.filter(({ protocol }) => protocol === 'aave-v3')
  for (const [index, holding] of account.holdings.entries()) {
    const { asset } = truth.reserves[index]!
    const ofAsset = lending.filter(({ token }) => token.toLowerCase() === asset.toLowerCase())
    const supplied = ofAsset.filter(({ side }) => side !== 'borrow')
    const owed = ofAsset.filter(({ side }) => side === 'borrow')
    expectEqual(`${asset} supply`, holding.supply, sum(supplied, 'amount'))
    expectEqual(`${asset} scaled supply`, holding.scaledSupply, sum(supplied, 'shares'))
    expectEqual(`${asset} debt`, holding.debt + holding.stableDebt, sum(owed, 'amount'))
    if (holding.stableDebt === 0n) expectEqual(`${asset} scaled debt`, holding.scaledDebt, sum(owed, 'shares'))
  }
  const unit = body.lendingUnits.find(({ chain, protocol }) => chain === truth.chain && protocol === 'aave-v3')
  expectEqual('collateral in base currency', account.collateralBase, BigInt(unit?.collateralBaseRaw ?? 0))
  expectEqual('debt in base currency', account.debtBase, BigInt(unit?.debtBaseRaw ?? 0))
  const healthFactor = account.healthFactor === maxUint256 ? null : account.healthFactor
  expectEqual('health factor', healthFactor, unit?.healthFactorRaw == null ? null : BigInt(unit.healthFactorRaw))
  for (const [name, address] of Object.entries(vaultAddresses)) {
    const shares = rows.filter(
      ({ protocol, market }) => protocol === 'erc4626' && market.toLowerCase() === address.toLowerCase(),
    )
    expectEqual(`vault ${name} shares`, account.vaultShares[name]!, sum(shares, 'shares'))
    expectEqual(`vault ${name} assets`, account.vaultAssets[name]!, sum(shares, 'amount'))
  }
  return drifts
}

function sum(rows: readonly CollateralRow[], field: 'amount' | 'shares'): bigint {
  return rows.reduce((total, row) => total + BigInt(row[field]), 0n)
}
