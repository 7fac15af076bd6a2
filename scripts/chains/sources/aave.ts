/**
 * Aave v3 markets, keyed by market. Addresses come from the address book; the start block is the one from which Aave's own subgraph
 * reads the registry the market is entered in, so nothing of the market is older.
 */
export type AaveSource = {
  readonly chain: string
  readonly market: string
  /** Module of `@aave-dao/aave-address-book`. */
  readonly book: string
  readonly startBlock: number
  /** File of the subgraph's configuration, and the registry it names, which must be the address book's too. */
  readonly file: string
  readonly commit: string
  readonly registry: string
}

const row = (
  chain: string,
  market: string,
  book: string,
  startBlock: number,
  file: string,
  commit: string,
  registry: string,
): AaveSource => ({ chain, market, book, startBlock, file: `config/${file}`, commit, registry })

const shared = '0x770ef9f4fe897e59daCc474EF11238303F9552b6'
const core = '0xbaA999AC55EAce41CcAE355c77809e68Bb345170'
const first = '0f9d4de6552a7fe28879772711915597d26b9afb'
const second = 'c97c0fb09b5dba7a5f0f47b73fc4a1d32dc1b083'

export const aaveSources: readonly AaveSource[] = [
  row(
    'ethereum',
    'core',
    'AaveV3Ethereum',
    16291006,
    'mainnet-v3.json',
    '27fa8753223e59bac273c36c4e62c9aac5960923',
    core,
  ),
  row(
    'ethereum',
    'lido',
    'AaveV3EthereumLido',
    20262370,
    'mainnetlido-v3.json',
    'cd8d4cf6720563a2f378010a8b2d1f5b2d135155',
    '0xC6cAB8D39D93DC0Bd5986E7Ce5Bb956E30103A43',
  ),
  row(
    'ethereum',
    'etherfi',
    'AaveV3EthereumEtherFi',
    20625517,
    'mainnetetherfi-v3.json',
    '2cb84a760921aa8cf245bd7634421db2fe3358f3',
    core,
  ),
  row('base', 'main', 'AaveV3Base', 2357105, 'base-v3.json', second, '0x2f6571d3Eb9a4e350C68C36bCD2afe39530078E2'),
  row('arbitrum', 'main', 'AaveV3Arbitrum', 7736400, 'arbitrum-v3.json', first, shared),
  row(
    'optimism',
    'main',
    'AaveV3Optimism',
    4364790,
    'optimism-v3.json',
    '0b5249bea95c3415ad140cc06b4fd9062531f674',
    shared,
  ),
  row('polygon', 'main', 'AaveV3Polygon', 25824300, 'polygon-v3.json', first, shared),
  row('avalanche', 'main', 'AaveV3Avalanche', 11970000, 'avalanche-v3.json', first, shared),
  row('bnb', 'main', 'AaveV3BNB', 33571624, 'bnb-v3.json', second, '0x117684358D990E42Eb1649E7e8C4691951dc1E71'),
  row(
    'gnosis',
    'main',
    'AaveV3Gnosis',
    30293054,
    'gnosis-v3.json',
    'b00ec73369fb19f40e099c74f94d4ce6f53798c9',
    '0x1236010CECea55998384e795B59815D871f5f94d',
  ),
  row(
    'scroll',
    'main',
    'AaveV3Scroll',
    2618760,
    'scroll-v3.json',
    second,
    '0xFBedc64AeE24921cb43004312B9eF367a4162b57',
  ),
  row(
    'linea',
    'main',
    'AaveV3Linea',
    12430823,
    'linea-v3.json',
    'c1d71d9eacfc28607d92e943839f0958d159db1b',
    '0x96dFCCB3F9ACDaF6c8f8a35E814023C3484d1eA2',
  ),
]

export const aaveStartSource = ({ file, commit }: AaveSource): string =>
  `https://github.com/aave/protocol-subgraphs/blob/${commit}/${file}`
