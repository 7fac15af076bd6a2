/** The chains of the built-in table and their limits, each with the reason for it. */

export type ChainSource = {
  readonly name: string
  readonly chainId: number
  /** Seconds between blocks, as viem's chain definitions have it; compared with them in the tests. */
  readonly blockSeconds: number
  readonly maxLagSeconds: number
  readonly lagReason: string
  readonly getLogsRange: number
  readonly rangeReason: string
  /** How long a block takes to become final, in words, and who says so. */
  readonly finality: string
  readonly finalitySource: string
}

const wormhole = 'https://wormhole.com/docs/build/reference/consistency-levels'
const circle = 'https://developers.circle.com/cctp/v1/required-block-confirmations'
const alchemy = 'https://www.alchemy.com/docs/reference/eth-getlogs'
const chainstack = 'https://support.chainstack.com/hc/en-us/articles/6955614349209-Node-and-connection-limitations'
const quicknode = 'https://www.quicknode.com/de/docs/avalanche/eth_getLogs'
const wide = `large providers serve 10,000 blocks and more on paid plans (${alchemy})`

export const chainSources: readonly ChainSource[] = [
  {
    name: 'ethereum',
    chainId: 1,
    blockSeconds: 12,
    maxLagSeconds: 60,
    lagReason: 'five slots: two or three missed in a row are ordinary',
    getLogsRange: 2000,
    rangeReason: `dense blocks; the range Chainstack recommends (${chainstack})`,
    finality: 'about 19 minutes',
    finalitySource: wormhole,
  },
  {
    name: 'base',
    chainId: 8453,
    blockSeconds: 2,
    maxLagSeconds: 30,
    lagReason: 'fifteen blocks of a sequencer that misses none',
    getLogsRange: 10_000,
    rangeReason: wide,
    finality: 'about 18 minutes',
    finalitySource: wormhole,
  },
  {
    name: 'arbitrum',
    chainId: 42161,
    blockSeconds: 0.25,
    maxLagSeconds: 20,
    lagReason: 'eighty blocks: four a second while there is traffic, which there always is',
    getLogsRange: 10_000,
    rangeReason: `forty minutes of blocks; ${wide}`,
    finality: 'about 18 minutes',
    finalitySource: wormhole,
  },
  {
    name: 'optimism',
    chainId: 10,
    blockSeconds: 2,
    maxLagSeconds: 30,
    lagReason: 'fifteen blocks of a sequencer that misses none',
    getLogsRange: 10_000,
    rangeReason: wide,
    finality: '13 to 19 minutes',
    finalitySource: circle,
  },
  {
    name: 'polygon',
    chainId: 137,
    blockSeconds: 2,
    maxLagSeconds: 40,
    lagReason: 'twenty blocks: a producer that fails costs several at once',
    getLogsRange: 2000,
    rangeReason: `providers allow no more (${alchemy}, ${chainstack})`,
    finality: '75 to 120 seconds',
    finalitySource: circle,
  },
  {
    name: 'avalanche',
    chainId: 43114,
    blockSeconds: 1.7,
    maxLagSeconds: 30,
    lagReason: 'blocks come on demand: a quiet moment is a gap',
    getLogsRange: 2000,
    rangeReason: `a fifth of the 10,000 a large provider allows (${quicknode})`,
    finality: 'about 2 seconds',
    finalitySource: wormhole,
  },
  {
    name: 'bnb',
    chainId: 56,
    blockSeconds: 0.75,
    maxLagSeconds: 20,
    lagReason: 'more than one block a second; twenty-five missed ones are not ordinary',
    getLogsRange: 2000,
    rangeReason: `dense blocks; the range Chainstack recommends (${chainstack})`,
    finality: 'about 48 seconds',
    finalitySource: wormhole,
  },
  {
    name: 'gnosis',
    chainId: 100,
    blockSeconds: 5,
    maxLagSeconds: 45,
    lagReason: 'nine slots: missed ones are more frequent than on Ethereum',
    getLogsRange: 10_000,
    rangeReason: wide,
    finality: 'not sourced; the node is asked for its `finalized` block',
    finalitySource: '',
  },
  {
    name: 'scroll',
    chainId: 534352,
    blockSeconds: 3,
    maxLagSeconds: 60,
    lagReason: 'blocks come on demand: a quiet moment is a gap',
    getLogsRange: 10_000,
    rangeReason: wide,
    finality: 'about 50 minutes: a batch has to be proved on Ethereum',
    finalitySource: 'https://docs.scroll.io/en/sdk/sdk-faq',
  },
  {
    name: 'linea',
    chainId: 59144,
    blockSeconds: 2,
    maxLagSeconds: 60,
    lagReason: 'blocks come on demand: a quiet moment is a gap',
    getLogsRange: 10_000,
    rangeReason: wide,
    finality: 'median under 1 hour 40 minutes, up to 16 hours: a proof has to be final on Ethereum',
    finalitySource: 'https://docs.linea.build/network/overview/known-finality-state',
  },
]

/** Canonical on all of them; compared with viem's chain definitions in the tests. */
export const multicall3 = '0xcA11bde05977b3631167028862bE2a173976CA11'
