import { maxUint256 } from 'viem'
import { assetSymbols } from '../../devnet/assets'
import { isPledged } from '../actions/look'
import type { AccountTruth, ChainTruth } from '../truth/types'
import type { SimulatedContracts } from '../types'
import { Comparison } from './Comparison'
import type { CheckResult } from './checkBlock'
import { compareCometAccount } from './compareComet'
import { compareMorphoAccount } from './compareMorpho'
import { compareShares, compareVaultTotals } from './compareVaults'
import { sumOf } from './sumOf'
import type { ChainFactsBody, CollateralBody } from './wire'

/**
 * Every position, pledge, health factor, vault share and wallet balance of one account, and its e-mode and flags where the answer carries its facts:
 * what the API says against what the contracts say. The answer may be about other accounts too. A figure that is left out, even with a reason, differs from every number.
 */
export function compareAccount(
  truth: ChainTruth,
  account: AccountTruth,
  contracts: Pick<SimulatedContracts, 'tokens' | 'vaults' | 'moreVaults'>,
  body: CollateralBody,
): CheckResult {
  const comparison = new Comparison(truth, account.account)
  const isOwn = (row: { readonly chain: string; readonly account: string }) =>
    row.chain === truth.chain && row.account.toLowerCase() === account.account.toLowerCase()
  const rows = body.collateral.filter(isOwn)
  const wallet = new Set(assetSymbols.map((symbol) => contracts.tokens[symbol].address.toLowerCase()))
  const of = (protocol: string, address: string, field: 'market' | 'token') =>
    rows.filter((row) => row.protocol === protocol && row[field].toLowerCase() === address.toLowerCase())

  for (const [index, holding] of account.holdings.entries()) {
    const reserve = truth.reserves[index]!
    const { asset } = reserve
    const lending = of('aave-v3', asset, 'token')
    const supplied = lending.filter(({ side }) => side !== 'borrow')
    const owed = lending.filter(({ side }) => side === 'borrow')
    comparison.expect(`${asset} supply`, holding.supply, sumOf(supplied, 'amount'))
    comparison.expect(`${asset} scaled supply`, holding.scaledSupply, sumOf(supplied, 'shares'))
    comparison.expect(`${asset} debt`, holding.debt + holding.stableDebt, sumOf(owed, 'amount'))
    if (holding.stableDebt === 0n) comparison.expect(`${asset} scaled debt`, holding.scaledDebt, sumOf(owed, 'shares'))
    if (holding.supply > 0n) {
      const pledged = supplied.some(({ side }) => side === 'collateral')
      comparison.expect(`${asset} pledged`, isPledged(account, reserve), pledged)
    }
    if (wallet.has(asset.toLowerCase())) {
      comparison.expect(`${asset} in the wallet`, holding.wallet, sumOf(of('wallet', asset, 'token'), 'amount'))
    }
  }
  const unit = body.lendingUnits.find((row) => isOwn(row) && row.protocol === 'aave-v3')
  const healthFactor = account.healthFactor === maxUint256 ? null : account.healthFactor
  comparison.expect('collateral in base currency', account.collateralBase, unit ? unit.collateralBaseRaw : 0n)
  comparison.expect('debt in base currency', account.debtBase, unit ? unit.debtBaseRaw : 0n)
  comparison.expect('health factor', healthFactor, unit?.healthFactorRaw ?? null)
  const facts = body.facts?.facts.chains[truth.chain]
  if (body.facts !== undefined) compareFacts(comparison, account, facts)
  if (facts !== undefined) compareVaultTotals(comparison, truth, contracts, facts)
  compareShares(comparison, account, contracts, rows)
  compareMorphoAccount(comparison, truth, account, rows, body.lendingUnits.filter(isOwn))
  compareCometAccount(comparison, truth, account, rows, body.lendingUnits.filter(isOwn))
  return comparison.result
}

/** What figures only show where it matters to them: flags of reserves the account has nothing in, the category of one that pledges nothing in it. */
function compareFacts(comparison: Comparison, account: AccountTruth, facts: ChainFactsBody | undefined): void {
  const own = facts?.lendingAccounts.find(
    (row) => row.protocol === 'aave-v3' && row.account === account.account.toLowerCase(),
  )
  comparison.expect('e-mode', account.emode, own?.emode ?? 0)
  comparison.expect('collateral flags', collateralFlags(account.configuration), own?.collateralBitmap ?? '0')
}

/** The upper of the two bits that the pool keeps for each reserve. */
function collateralFlags(configuration: bigint): bigint {
  let flags = 0n
  for (let id = 0n; configuration >> (2n * id) > 0n; id++) flags |= ((configuration >> (2n * id + 1n)) & 1n) << id
  return flags
}
