import type { Address } from 'viem'
import { readContract } from '../../../devnet/chain/readContract'
import type { Contract } from '../../../devnet/chain/types'
import { actOnComet } from '../../../devnet/operations/actOnComet'
import { actOnMorpho } from '../../../devnet/operations/actOnMorpho'
import { approve } from '../../../devnet/operations/approve'
import { borrow } from '../../../devnet/operations/borrow'
import { depositToVault } from '../../../devnet/operations/depositToVault'
import { mintTokens } from '../../../devnet/operations/mintTokens'
import { supply } from '../../../devnet/operations/supply'
import type { DevnetChain } from '../../../devnet/types'

const ether = 10n ** 18n
const dollars = 10n ** 6n

/**
 * The file of somebody who has deployed Aave, Morpho, a Comet, a vault and feeds on a chain that no table knows, and calls everything as it pleases:
 * written by hand after docs/interfaces.md, with nothing that has a default.
 */
export function outsidersFile({ chainId, rpcUrl, contracts }: DevnetChain): string {
  const { aave, morpho, comet, vaults, tokens, feeds } = contracts
  const vault = vaults.usdcVault!
  return `{
    "builtin": false,
    "chains": {
      "alpha": {
        "chainId": ${chainId},
        "rpc": ["${rpcUrl}"],
        "maxLagSeconds": 600,
        "aaveV3": [
          { "name": "harbour", "addressesProvider": "${aave!.addressesProvider.address}", "startBlock": ${aave!.startBlock} }
        ],
        "morphoBlue": [
          { "address": "${morpho!.core.address}", "startBlock": ${morpho!.startBlock} }
        ],
        "compoundV3": [
          { "name": "cove", "comet": "${comet!.core.address}", "startBlock": ${comet!.startBlock} }
        ],
        "erc4626": [
          { "address": "${vault.address}", "startBlock": ${vault.startBlock} }
        ],
        "chainlink": [
          { "proxy": "${feeds.WETH.proxy.address}", "base": "HULL", "quote": "USD", "heartbeatSeconds": 86400 },
          { "proxy": "${feeds.USDC.proxy.address}", "base": "KEEL", "quote": "USD", "heartbeatSeconds": 86400 }
        ],
        "walletTokens": [
          { "address": "${tokens.WETH.address}", "asset": "HULL" }
        ]
      }
    },
    "assets": {
      "HULL": { "class": "major", "riskGroup": "HULL", "tokens": { "alpha": "${tokens.WETH.address}" } },
      "KEEL": { "class": "majorStable", "riskGroup": "KEEL", "tokens": { "alpha": "${tokens.USDC.address}" } }
    }
  }`
}

/** The account owes 1,000 dollars of 2 ether in each of Aave, Morpho and the Comet, has 7,000 dollars in the vault, and an ether in its wallet. */
export async function openOutsidersPositions(chain: DevnetChain, account: Address, lender: Address): Promise<void> {
  const { tokens, vaults } = chain.contracts
  const [aave, morpho, comet] = [chain.contracts.aave!, chain.contracts.morpho!, chain.contracts.comet!]
  const vault = vaults.usdcVault!
  const { WETH, USDC } = tokens
  const fund = async (who: Address, token: Contract, amount: bigint, spenders: readonly Contract[]) => {
    await chain.send(mintTokens(token, who, amount))
    for (const spender of spenders) await chain.send(approve(token, who, spender.address))
  }
  await fund(lender, USDC, 300_000n * dollars, [aave.pool, morpho.core, comet.core])
  await fund(account, USDC, 4_000n * dollars, [vault])
  await fund(account, WETH, 7n * ether, [aave.pool, morpho.core, comet.core])
  const assets = 100_000n * dollars
  await chain.send(supply(aave, { account: lender, asset: 'USDC', amount: assets }))
  await chain.send(actOnMorpho(morpho, morpho.markets.wethUsdc, lender, { kind: 'supply', assets }))
  await chain.send(actOnComet(comet, lender, { kind: 'supply', token: USDC, amount: assets }))
  await chain.mine()
  const [pledged, owed] = [2n * ether, 1_000n * dollars]
  await chain.send(supply(aave, { account, asset: 'WETH', amount: pledged }))
  await chain.send(actOnMorpho(morpho, morpho.markets.wethUsdc, account, { kind: 'supplyCollateral', assets: pledged }))
  await chain.send(actOnComet(comet, account, { kind: 'supply', token: WETH, amount: pledged }))
  await chain.mine()
  await chain.send(borrow(aave, { account, asset: 'USDC', amount: owed }))
  await chain.send(actOnMorpho(morpho, morpho.markets.wethUsdc, account, { kind: 'borrow', assets: owed }))
  await chain.send(actOnComet(comet, account, { kind: 'withdraw', token: USDC, amount: owed }))
  await chain.mine()
  await chain.send(depositToVault(vault, account, 7_000n * dollars))
  await chain.mine()
}

/** What the contracts say themselves that the account has, as `protocol side asset: amount` in token units, sorted. */
export async function outsidersPositions(
  chain: DevnetChain,
  account: Address,
  blockNumber: bigint,
): Promise<readonly string[]> {
  const { aave, morpho, comet, vaults, tokens } = chain.contracts
  const read = (contract: Contract, functionName: string, ...args: readonly unknown[]) =>
    readContract<bigint>(chain, contract, functionName, args, { blockNumber })
  const vault = vaults.usdcVault!
  const { WETH, USDC } = tokens
  const shares = await read(vault, 'balanceOf', account)
  const [, , morphoCollateral] = (await readContract(
    chain,
    morpho!.core,
    'position',
    [morpho!.markets.wethUsdc.id, account],
    { blockNumber },
  )) as readonly [bigint, bigint, bigint]
  const amounts = {
    'aave-v3 collateral HULL': await read(aave!.reserves.WETH.aToken, 'balanceOf', account),
    'aave-v3 borrow KEEL': await read(aave!.reserves.USDC.variableDebtToken, 'balanceOf', account),
    'morpho-blue collateral HULL': morphoCollateral,
    'morpho-blue borrow KEEL': await read(morpho!.lens, 'borrowAssets', morpho!.markets.wethUsdc.id, account),
    'compound-v3 collateral HULL': await read(comet!.core, 'collateralBalanceOf', account, WETH.address),
    'compound-v3 borrow KEEL': await read(comet!.core, 'borrowBalanceOf', account),
    'erc4626 supply KEEL': await read(vault, 'convertToAssets', shares),
    'wallet supply HULL': await read(WETH, 'balanceOf', account),
    'wallet supply KEEL': await read(USDC, 'balanceOf', account),
  }
  const { 'wallet supply KEEL': uncounted, ...counted } = amounts
  if (uncounted !== 0n) throw new Error('the account was to put all its dollars into the vault')
  return Object.entries(counted)
    .map(([what, amount]) => `${what}: ${amount}`)
    .sort()
}
