/**
 * Chainlink feeds. Addresses from the address book; a heartbeat is what decides when a price is stale, so a feed whose heartbeat could
 * not be sourced has no row.
 */
export type FeedSource = {
  readonly chain: string
  /** Module and constant of `@aave-dao/aave-address-book`. */
  readonly book: string
  readonly constant: string
  readonly base: string
  readonly quote: string
  readonly heartbeatSeconds: number
  readonly heartbeatSource: string
}

const directory = (file: string): string => `https://reference-data-directory.vercel.app/${file}.json`
const usd = (
  chain: string,
  book: string,
  constant: string,
  base: string,
  heartbeatSeconds: number,
  heartbeatSource: string,
): FeedSource => ({ chain, book: `Chainlink${book}`, constant, base, quote: 'USD', heartbeatSeconds, heartbeatSource })

export const feedSources: readonly FeedSource[] = [
  usd('ethereum', 'Ethereum', 'ETH__USD', 'WETH', 3600, directory('feeds-mainnet')),
  usd('ethereum', 'Ethereum', 'USDC__USD', 'USDC', 82_800, directory('feeds-mainnet')),
  usd('base', 'Base', 'ETH__USD', 'WETH', 1200, directory('feeds-ethereum-mainnet-base-1')),
  usd('arbitrum', 'Arbitrum', 'ETH__USD', 'WETH', 1755, directory('feeds-ethereum-mainnet-arbitrum-1')),
  usd('arbitrum', 'Arbitrum', 'BTC__USD', 'BTC', 1755, directory('feeds-ethereum-mainnet-arbitrum-1')),
  usd('optimism', 'Optimism', 'ETH__USD', 'WETH', 1200, directory('feeds-ethereum-mainnet-optimism-1')),
  usd(
    'optimism',
    'Optimism',
    'AAVE__USD',
    'AAVE',
    1200,
    'https://github.com/LZeroAnalytics/chainlink-package/blob/692e9aa9fcd92b2c892708b0806a8ddafbf83099/src/package_io/constants.star',
  ),
  // The book keeps the feed's old name; the directory gives POL as its base asset.
  usd('polygon', 'Polygon', 'MATIC__USD', 'WPOL', 27, directory('feeds-matic-mainnet')),
  usd('avalanche', 'Avalanche', 'AVAX__USD', 'WAVAX', 120, directory('feeds-avalanche-mainnet')),
  usd('bnb', 'BNB', 'BNB__USD', 'WBNB', 27, directory('feeds-bsc-mainnet')),
]
