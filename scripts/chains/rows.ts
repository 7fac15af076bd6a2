/** Every cell of the built-in table with where it comes from: what the files and the document are both written from. */
import { addresses, deployments } from '@morpho-org/blue-sdk'
import { bookFeed, bookMarket } from './addressBook'
import { aaveSources, aaveStartSource } from './sources/aave'
import { assetSources } from './sources/assets'
import { chainSources } from './sources/chains'
import { cometAddressSource, cometSources, cometStartSource } from './sources/compound'
import { feedSources } from './sources/feeds'

export type Row = {
  readonly chain: string
  readonly list: 'aaveV3' | 'morphoBlue' | 'compoundV3' | 'erc4626' | 'chainlink'
  /** What the document calls it. */
  readonly label: string
  readonly address: string
  readonly startBlock: number
  /** The row as the configuration file would have it. */
  readonly config: Readonly<Record<string, unknown>>
  readonly addressSource: string
  readonly startSource: string
}

const addressBook = 'https://www.npmjs.com/package/@aave-dao/aave-address-book/v/4.68.1'
const blueSdk = 'https://www.npmjs.com/package/@morpho-org/blue-sdk/v/6.4.0'
const refreshSeconds = 60
/** The indexer compares no vault less often than this, whatever the configuration says. */
const mostRefreshBlocks = 100

export function tableRows(): readonly Row[] {
  const deployed = [...aaveRows(), ...morphoRows(), ...cometRows(), ...vaultRows()]
  return [...deployed, ...feedRows(deployed)]
}

/** First block of the chain anything of the table is in. */
export const chainStart = (rows: readonly Row[], chain: string): number =>
  Math.min(...rows.filter((row) => row.chain === chain).map(({ startBlock }) => startBlock))

function aaveRows(): Row[] {
  return aaveSources.map((source) => {
    const { chain, market, book, startBlock } = source
    const address = bookMarket(book).POOL_ADDRESSES_PROVIDER
    return {
      ...{ chain, list: 'aaveV3', label: `Aave v3 ${market}`, address, startBlock },
      config: { name: market, addressesProvider: address, startBlock },
      addressSource: `${addressBook} (${book}.POOL_ADDRESSES_PROVIDER)`,
      startSource: aaveStartSource(source),
    }
  })
}

function morphoRows(): Row[] {
  return chainSources.flatMap(({ name: chain, chainId }): Row[] => {
    const known = addresses[chainId as keyof typeof addresses]
    const start = deployments[chainId as keyof typeof deployments]?.morpho
    if (known?.adaptiveCurveIrm === undefined || start === undefined) return []
    const startBlock = Number(start)
    const irm = { [known.adaptiveCurveIrm]: 'adaptive-curve' }
    return [
      {
        ...{ chain, list: 'morphoBlue', label: 'Morpho Blue', address: known.morpho, startBlock },
        config: { address: known.morpho, irm, startBlock },
        addressSource: `${blueSdk} (addresses[${chainId}].morpho, .adaptiveCurveIrm)`,
        startSource: `${blueSdk} (deployments[${chainId}].morpho)`,
      },
    ]
  })
}

function cometRows(): Row[] {
  return cometSources.map((source) => {
    const { chain, name, comet, startBlock } = source
    return {
      ...{ chain, list: 'compoundV3', label: `Compound v3 ${name}`, address: comet, startBlock },
      config: { name, comet, startBlock },
      addressSource: cometAddressSource(source),
      startSource: cometStartSource(source),
    }
  })
}

/** The wrappers Aave has of the reserves whose asset the table knows: a wrapper is never older than its market. */
function vaultRows(): Row[] {
  const known = new Set(
    assetSources.flatMap(({ tokens }) => Object.entries(tokens).map(([chain, [symbol]]) => `${chain} ${symbol}`)),
  )
  return aaveSources.flatMap((source) => {
    const { chain, market, book, startBlock } = source
    const { blockSeconds } = chainSources.find(({ name }) => name === chain)!
    const refreshBlocks = Math.min(mostRefreshBlocks, Math.round(refreshSeconds / blockSeconds))
    return Object.entries(bookMarket(book).ASSETS).flatMap(([symbol, { STATA_TOKEN: address }]): Row[] => {
      if (address === undefined || !known.has(`${chain} ${symbol}`)) return []
      return [
        {
          ...{ chain, list: 'erc4626', label: `stataToken of ${symbol}, ${market}`, address, startBlock },
          config: { address, refreshBlocks, startBlock },
          addressSource: `${addressBook} (${book}.ASSETS.${symbol}.STATA_TOKEN)`,
          startSource: 'the start of its market: no later than its deployment',
        },
      ]
    })
  })
}

/** Feeds are indexed from the first block anything could need a price in. */
function feedRows(deployed: readonly Row[]): Row[] {
  return feedSources.map(({ chain, book, constant, base, quote, heartbeatSeconds, heartbeatSource }) => {
    const address = bookFeed(book, constant)
    const startBlock = chainStart(deployed, chain)
    return {
      ...{
        chain,
        list: 'chainlink',
        label: `Chainlink ${base} / ${quote}, ${heartbeatSeconds} s`,
        address,
        startBlock,
      },
      config: { proxy: address, base, quote, heartbeatSeconds, startBlock },
      addressSource: `${addressBook} (${book}.${constant}); heartbeat: ${heartbeatSource}`,
      startSource: 'the chain’s first start block: no price is needed before',
    }
  })
}
