import type { z } from 'zod'
import type { configSchema } from '../config/schema'
import { assetSymbols, assets } from './assets'
import type { LocalChain } from './chain/types'
import type { ChainContracts, Vault } from './deploy/types'

export type ConfigFile = z.input<typeof configSchema>

/** A rate that is read in every block stands until it moves, however long that takes. */
const rateHeartbeatSeconds = 366 * 86_400
/** A day, so that figures stay usable while nothing moves the prices of an idle local chain. */
export const heartbeatSeconds = 86_400
const maxLagSeconds = 30
const getLogsRange = 1_000

/** The configuration file for the given local chains, in the format every user writes. */
export function describeConfig(
  chains: readonly { readonly chain: LocalChain; readonly contracts: ChainContracts }[],
): ConfigFile {
  const firstRate = chains[0]!.contracts.stakingRate.address
  return {
    builtin: false,
    clock: 'system',
    quoteCurrency: 'USD',
    publicReads: true,
    parameters: 'house-1',
    chains: Object.fromEntries(
      chains.map(({ chain, contracts }) => [chain.name, describeChain(chain, contracts)] as const),
    ),
    assets: Object.fromEntries(
      assetSymbols.map((symbol) => [
        symbol,
        {
          class: assets[symbol].class,
          riskGroup: assets[symbol].riskGroup,
          issuer: assets[symbol].issuer,
          redeemsTo: symbol === 'wstETH' ? { asset: 'WETH', via: { proxy: firstRate } } : null,
          tokens: Object.fromEntries(
            chains.map(({ chain, contracts }) => [chain.name, contracts.tokens[symbol].address]),
          ),
          bridge: Object.fromEntries(
            chains.map(({ chain }, index) => [chain.name, index === 0 ? 'canonical' : 'bridged']),
          ),
        },
      ]),
    ),
  }
}

function vaultsOf({ vaults, moreVaults }: ChainContracts): readonly Vault[] {
  if (moreVaults === null) return Object.values(vaults)
  const { nested, receipts, ownRate, async } = moreVaults
  return [...Object.values(vaults), nested, receipts, ownRate, async]
}

function describeChain(chain: LocalChain, contracts: ChainContracts): NonNullable<ConfigFile['chains']>[string] {
  return {
    chainId: chain.chainId,
    rpc: [chain.rpcUrl],
    ws: chain.wsUrl,
    startBlock: 0,
    required: true,
    maxLagSeconds,
    getLogsRange,
    multicall3: contracts.multicall3.address,
    aaveV3:
      contracts.aave === null
        ? []
        : [
            {
              name: 'main',
              version: contracts.aave.version,
              addressesProvider: contracts.aave.addressesProvider.address,
              startBlock: contracts.aave.startBlock,
            },
          ],
    morphoBlue:
      contracts.morpho === null
        ? []
        : [
            {
              address: contracts.morpho.core.address,
              markets: 'all',
              irm: { [contracts.morpho.adaptiveCurve.address]: 'adaptive-curve' },
              startBlock: contracts.morpho.startBlock,
            },
          ],
    compoundV3:
      contracts.comet === null
        ? []
        : [{ name: 'cUSDC', comet: contracts.comet.core.address, startBlock: contracts.comet.startBlock }],
    erc4626: vaultsOf(contracts).map(({ address, startBlock }) => ({
      address,
      shape: 'standard',
      curator: null,
      refreshBlocks: 10,
      startBlock,
    })),
    chainlink: [
      ...assetSymbols.map((symbol) => ({
        proxy: contracts.feeds[symbol].proxy.address,
        base: symbol,
        quote: 'USD',
        heartbeatSeconds,
        band: [...assets[symbol].band] as [string, string],
      })),
      {
        proxy: contracts.stakingRate.address,
        base: 'wstETH',
        quote: 'WETH',
        heartbeatSeconds: rateHeartbeatSeconds,
        band: ['1', '3'] as [string, string],
      },
    ],
    uniswapV3: Object.values(contracts.exchange?.pools ?? {}).map(({ address, startBlock }) => ({
      pool: address,
      startBlock,
    })),
    walletTokens: [
      ...assetSymbols.map((symbol) => ({
        address: contracts.tokens[symbol].address,
        asset: symbol,
        rebasing: false,
      })),
      ...(contracts.moreVaults === null
        ? []
        : [{ address: contracts.moreVaults.rebasing.address, asset: 'rETHb', rebasing: true }]),
    ],
  }
}
