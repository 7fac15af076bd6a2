import type { ChainConfig } from '../../../config/schema'
import type { ChainFacts } from '../facts'
import type { ReasonCode } from '../protocols/reading'
import { protocols } from '../protocols/registry'

/** Something the configuration names, and whether anything of it is indexed. */
export interface Deployment {
  /** Key of the configuration. */
  readonly kind: string
  readonly name: string | null
  readonly address: string
  readonly indexed: boolean
  readonly reasonCode: ReasonCode | null
  readonly detail: string | null
}

interface Named {
  readonly kind: string
  /** In the fact tables; `null` for what is no protocol. */
  readonly protocol: string | null
  readonly name: string | null
  readonly address: string
  readonly indexed: boolean
}

/** Everything a chain's configuration names. What is named and not indexed says why; nothing is left out in silence. */
export function deployments(config: ChainConfig, facts: ChainFacts, pools: readonly string[]): readonly Deployment[] {
  const hasMarket = (protocol: string, test: (row: ChainFacts['markets'][number]) => boolean) =>
    facts.markets.some((row) => row.protocol === protocol && test(row))
  const named: readonly Named[] = [
    ...config.aaveV3.map(({ name, addressesProvider: address }) => ({
      kind: 'aaveV3',
      protocol: 'aave-v3',
      name,
      address,
      indexed: hasMarket('aave-v3', ({ kind, label }) => kind === 'pool' && label === name),
    })),
    ...config.morphoBlue.map(({ address }) => ({
      kind: 'morphoBlue',
      protocol: 'morpho-blue',
      name: null,
      address,
      indexed: hasMarket('morpho-blue', () => true),
    })),
    ...config.compoundV3.map(({ name, comet: address }) => ({
      kind: 'compoundV3',
      protocol: 'compound-v3',
      name,
      address,
      indexed: hasMarket('compound-v3', ({ market, unit }) => market === address || unit === address),
    })),
    ...config.erc4626.map(({ address }) => ({
      kind: 'erc4626',
      protocol: 'erc4626',
      name: null,
      address,
      indexed: facts.vaults.some(({ vault }) => vault === address),
    })),
    ...config.chainlink.map(({ proxy: address, base, quote }) => ({
      kind: 'chainlink',
      protocol: null,
      name: `${base}/${quote}`,
      address,
      indexed: facts.feeds.some(({ feed }) => feed === address),
    })),
    ...config.uniswapV3.map(({ pool: address }) => ({
      kind: 'uniswapV3',
      protocol: 'uniswap-v3',
      name: null,
      address,
      indexed: pools.some((pool) => pool === address),
    })),
    ...config.walletTokens.map(({ address, asset }) => ({
      kind: 'walletTokens',
      protocol: 'wallet',
      name: asset,
      address,
      indexed: hasMarket('wallet', ({ market }) => market === address),
    })),
  ]
  const rebasing = new Set<string>(config.walletTokens.filter((token) => token.rebasing).map(({ address }) => address))
  return named.map(({ protocol, ...each }) => ({
    ...each,
    ...whyNot(each.indexed, protocol, each.kind === 'walletTokens' && rebasing.has(each.address)),
  }))
}

function whyNot(
  indexed: boolean,
  protocol: string | null,
  isRebasing: boolean,
): Pick<Deployment, 'reasonCode' | 'detail'> {
  if (indexed) return { reasonCode: null, detail: null }
  if (isRebasing)
    return {
      reasonCode: 'READ_FAILED',
      detail: 'it rebases and keeps no shares: nothing says by how much balances move, so it is not counted',
    }
  if (protocol !== null && !Object.hasOwn(protocols, protocol))
    return {
      reasonCode: 'READ_FAILED',
      detail: `this version has no adapter for ${protocol}: nothing of it is counted`,
    }
  return { reasonCode: 'NOT_HYDRATED', detail: 'nothing of it is indexed at this block' }
}
