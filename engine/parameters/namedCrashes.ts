import type { NamedCrash } from '../types'

type Cited = readonly [factor: string, move: number, cited: boolean]

function moves(...rows: readonly Cited[]): NamedCrash['moves'] {
  return rows.map(([factor, move, cited]) => ({ factor, move, cited, venueOnly: false }))
}

/** A print of one venue: published, shown, and not applied to what is held elsewhere. */
function venuePrint(factor: string, move: number, cited: boolean): NamedCrash['moves'][number] {
  return { factor, move, cited, venueOnly: true }
}

/**
 * Crashes as reported. `cited: false` marks a move that no page states: an assumption which fills the row and is labelled so
 * wherever it is shown. Volatility moves, horizons and proxies are assumptions throughout.
 */
export const namedCrashes: readonly NamedCrash[] = [
  {
    id: '2020-03-12-black-thursday',
    kind: 'crash',
    horizonDays: 1,
    vol: 1,
    moves: moves(['BTC', -0.525, true], ['ETH', -0.69, true]),
    ratio: null,
    proxies: { major: -0.525, alt: -0.69 },
    sources: [
      'https://www.binance.bh/en-AE/square/post/29701844659937',
      'https://www.techflowpost.com/en-US/article/24844',
      'https://api.blankvar.com/en/p/1gx7bf',
    ],
  },
  {
    id: '2021-05-19',
    kind: 'crash',
    horizonDays: 1,
    vol: 0.75,
    moves: moves(['BTC', -0.3118, true], ['ETH', -0.46, true], ['DOGE', -0.4, true]),
    ratio: null,
    proxies: { major: -0.3118, alt: -0.41 },
    sources: [
      'https://roedsa.com/8135.html',
      'https://cryptonewz.pages.dev/crypto-news-coindesk.com/research/market-spotlight-the-19-billion-liquidation-that-shook-crypto',
    ],
  },
  {
    id: '2022-05-luna',
    kind: 'collapse',
    horizonDays: 7,
    vol: 0.5,
    moves: moves(['LUNA', -0.99, true], ['UST', -0.9, false], ['BTC', -0.3, false], ['ETH', -0.22, true]),
    ratio: null,
    proxies: { major: -0.3, alt: -0.3 },
    sources: ['https://www.slashgear.com/861622/crypto-crash-sees-investors-stunned-by-coins-in-freefall/'],
  },
  {
    id: '2022-06-steth-celsius-3ac',
    kind: 'depeg',
    horizonDays: 7,
    vol: 0.5,
    moves: moves(['BTC', -0.28, true]),
    ratio: { move: -0.043, cited: true },
    proxies: { major: -0.28, alt: -0.28 },
    sources: [
      'https://cryptoandcoin.news/this-ethereum-2-0-token-could-become-the-next-terrausd',
      'https://nansen.ai/research/on-chain-forensics-demystifying-steth-depeg',
      'https://bbapi.viigoo.eu.org/square/post/25321175613098',
    ],
  },
  {
    id: '2022-06-steth-celsius-3ac-low',
    kind: 'depeg',
    horizonDays: 7,
    vol: 0.5,
    moves: moves(['BTC', -0.28, true]),
    ratio: { move: -0.065, cited: false },
    proxies: { major: -0.28, alt: -0.28 },
    sources: ['https://nansen.ai/research/on-chain-forensics-demystifying-steth-depeg'],
  },
  {
    id: '2022-11-ftx',
    kind: 'collapse',
    horizonDays: 7,
    vol: 0.5,
    moves: moves(['BTC', -0.26, true], ['FTT', -0.9, false], ['SOL', -0.5, false]),
    ratio: null,
    proxies: { major: -0.26, alt: -0.26 },
    sources: ['https://bbapi.viigoo.eu.org/square/post/25321175613098'],
  },
  {
    id: '2023-03-11-usdc',
    kind: 'depeg',
    horizonDays: 2,
    vol: 0,
    moves: moves(['USDC', -0.1226, true], ['DAI', -0.12, true], ['FRAX', -0.06, true], ['USDT', 0.06, true]),
    ratio: null,
    proxies: { stable: -0.06 },
    sources: [
      'https://bitcoinleef.com/the-usdc-falls-to-a-record-low-as-investors-withdraw-funds-from-the-stablecoin/',
      'https://www.theblock.co/post/218993',
      'https://irishnews.pages.dev/crypto-news-coindesk.com/markets/2023/03/11/dai-depegs-as-stablecoin-rout-plagues-crypto',
      'https://www.trtworld.com/article/12799281',
    ],
  },
  {
    id: '2025-10-10',
    kind: 'crash',
    horizonDays: 1,
    vol: 0.75,
    moves: [
      ...moves(['BTC', -0.12, true], ['ETH', -0.2, true], ['SOL', -0.246, true]),
      venuePrint('USDe', -0.35, true),
      venuePrint('wBETH', -0.87, false),
    ],
    ratio: null,
    proxies: { major: -0.2, alt: -0.47 },
    sources: [
      'https://globalstocknews.org/?p=695590',
      'https://cryptonewz.pages.dev/crypto-news-coindesk.com/research/market-spotlight-the-19-billion-liquidation-that-shook-crypto',
      'https://nurnibir.com/october-10th-crypto-market-crash.html',
      'https://cryptonewz.com.br/90b-vanishes-in-an-hour-as-traders-face-1-3b-in-forced-liquidations/',
      'https://www.edgen.tech/es/news/crypto/binance-altcoins-flash-crash-amid-19-billion-crypto-liquidation-event',
    ],
  },
]
