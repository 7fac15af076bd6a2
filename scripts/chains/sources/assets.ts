/**
 * What the tokens of the built-in chains are. `tokens` names, per chain, the symbol the address book has for the token and how it came there;
 * classes, risk groups and bridges are judgements, and a token nobody classed is `TOKEN_UNKNOWN`, which gives no credit.
 */
export type Bridge = 'native' | 'canonical' | 'bridged'
export type AssetSource = {
  readonly asset: string
  readonly class: 'major' | 'lst' | 'majorStable' | 'minorStable' | 'largeAlt'
  readonly riskGroup: string
  readonly issuer: string | null
  readonly tokens: Readonly<Record<string, readonly [symbol: string, bridge: Bridge]>>
}

const native = (symbol: string) => [symbol, 'native'] as const
const canonical = (symbol: string) => [symbol, 'canonical'] as const
const bridged = (symbol: string) => [symbol, 'bridged'] as const

export const assetSources: readonly AssetSource[] = [
  {
    asset: 'WETH',
    class: 'major',
    riskGroup: 'ETH',
    issuer: null,
    tokens: {
      ethereum: native('WETH'),
      base: canonical('WETH'),
      arbitrum: canonical('WETH'),
      optimism: canonical('WETH'),
      polygon: canonical('WETH'),
      avalanche: bridged('WETHe'),
      bnb: bridged('ETH'),
      gnosis: bridged('WETH'),
      scroll: canonical('WETH'),
      linea: canonical('WETH'),
    },
  },
  {
    asset: 'WBTC',
    class: 'major',
    riskGroup: 'BTC',
    issuer: 'BitGo',
    tokens: {
      ethereum: native('WBTC'),
      arbitrum: canonical('WBTC'),
      optimism: canonical('WBTC'),
      polygon: canonical('WBTC'),
      avalanche: bridged('WBTCe'),
      linea: canonical('WBTC'),
    },
  },
  {
    asset: 'cbBTC',
    class: 'major',
    riskGroup: 'BTC',
    issuer: 'Coinbase',
    tokens: { ethereum: native('cbBTC'), base: native('cbBTC') },
  },
  { asset: 'BTCB', class: 'major', riskGroup: 'BTC', issuer: 'Binance', tokens: { bnb: bridged('BTCB') } },
  { asset: 'BTC.b', class: 'major', riskGroup: 'BTC', issuer: 'Lombard', tokens: { avalanche: bridged('BTCb') } },
  { asset: 'WPOL', class: 'major', riskGroup: 'POL', issuer: null, tokens: { polygon: native('WPOL') } },
  { asset: 'WAVAX', class: 'major', riskGroup: 'AVAX', issuer: null, tokens: { avalanche: native('WAVAX') } },
  { asset: 'WBNB', class: 'major', riskGroup: 'BNB', issuer: null, tokens: { bnb: native('WBNB') } },
  {
    asset: 'wstETH',
    class: 'lst',
    riskGroup: 'ETH',
    issuer: 'Lido',
    tokens: {
      ethereum: native('wstETH'),
      base: canonical('wstETH'),
      arbitrum: canonical('wstETH'),
      optimism: canonical('wstETH'),
      polygon: canonical('wstETH'),
      bnb: bridged('wstETH'),
      gnosis: bridged('wstETH'),
      scroll: canonical('wstETH'),
      linea: canonical('wstETH'),
    },
  },
  {
    asset: 'rETH',
    class: 'lst',
    riskGroup: 'ETH',
    issuer: 'Rocket Pool',
    tokens: { ethereum: native('rETH'), arbitrum: canonical('rETH'), optimism: canonical('rETH') },
  },
  {
    asset: 'cbETH',
    class: 'lst',
    riskGroup: 'ETH',
    issuer: 'Coinbase',
    tokens: { ethereum: native('cbETH'), base: canonical('cbETH') },
  },
  {
    asset: 'weETH',
    class: 'lst',
    riskGroup: 'ETH',
    issuer: 'ether.fi',
    tokens: {
      ethereum: native('weETH'),
      base: bridged('weETH'),
      arbitrum: bridged('weETH'),
      scroll: bridged('weETH'),
      linea: bridged('weETH'),
    },
  },
  { asset: 'osETH', class: 'lst', riskGroup: 'ETH', issuer: 'StakeWise', tokens: { ethereum: native('osETH') } },
  { asset: 'ETHx', class: 'lst', riskGroup: 'ETH', issuer: 'Stader', tokens: { ethereum: native('ETHx') } },
  { asset: 'sAVAX', class: 'lst', riskGroup: 'AVAX', issuer: 'BENQI', tokens: { avalanche: native('sAVAX') } },
  { asset: 'MaticX', class: 'lst', riskGroup: 'POL', issuer: 'Stader', tokens: { polygon: native('MaticX') } },
  {
    asset: 'USDC',
    class: 'majorStable',
    riskGroup: 'USD',
    issuer: 'Circle',
    tokens: {
      ethereum: native('USDC'),
      base: native('USDC'),
      arbitrum: native('USDCn'),
      optimism: native('USDCn'),
      polygon: native('USDCn'),
      avalanche: native('USDC'),
      bnb: bridged('USDC'),
      scroll: bridged('USDC'),
      linea: bridged('USDC'),
    },
  },
  {
    asset: 'USDC.e',
    class: 'majorStable',
    riskGroup: 'USD',
    issuer: 'Circle',
    tokens: {
      base: bridged('USDbC'),
      arbitrum: bridged('USDC'),
      optimism: bridged('USDC'),
      polygon: bridged('USDC'),
      gnosis: bridged('USDCe'),
    },
  },
  {
    asset: 'USDT',
    class: 'majorStable',
    riskGroup: 'USD',
    issuer: 'Tether',
    tokens: {
      ethereum: native('USDT'),
      arbitrum: bridged('USDT'),
      optimism: bridged('USDT'),
      polygon: bridged('USDT0'),
      avalanche: native('USDt'),
      bnb: bridged('USDT'),
      linea: bridged('USDT'),
    },
  },
  {
    asset: 'DAI',
    class: 'majorStable',
    riskGroup: 'USD',
    issuer: 'Sky',
    tokens: {
      ethereum: native('DAI'),
      arbitrum: canonical('DAI'),
      optimism: canonical('DAI'),
      polygon: canonical('DAI'),
      avalanche: bridged('DAIe'),
    },
  },
  { asset: 'USDS', class: 'minorStable', riskGroup: 'USD', issuer: 'Sky', tokens: { ethereum: native('USDS') } },
  {
    asset: 'GHO',
    class: 'minorStable',
    riskGroup: 'USD',
    issuer: 'Aave',
    tokens: {
      ethereum: native('GHO'),
      base: bridged('GHO'),
      arbitrum: bridged('GHO'),
      avalanche: bridged('GHO'),
      gnosis: bridged('GHO'),
    },
  },
  { asset: 'PYUSD', class: 'minorStable', riskGroup: 'USD', issuer: 'Paxos', tokens: { ethereum: native('PYUSD') } },
  { asset: 'RLUSD', class: 'minorStable', riskGroup: 'USD', issuer: 'Ripple', tokens: { ethereum: native('RLUSD') } },
  { asset: 'FDUSD', class: 'minorStable', riskGroup: 'USD', issuer: 'First Digital', tokens: { bnb: native('FDUSD') } },
  { asset: 'WXDAI', class: 'minorStable', riskGroup: 'USD', issuer: 'Sky', tokens: { gnosis: bridged('WXDAI') } },
  {
    asset: 'EURC',
    class: 'minorStable',
    riskGroup: 'EUR',
    issuer: 'Circle',
    tokens: { ethereum: native('EURC'), base: native('EURC'), avalanche: native('EURC') },
  },
  {
    asset: 'LINK',
    class: 'largeAlt',
    riskGroup: 'LINK',
    issuer: null,
    tokens: {
      ethereum: native('LINK'),
      arbitrum: canonical('LINK'),
      optimism: canonical('LINK'),
      polygon: canonical('LINK'),
      avalanche: bridged('LINKe'),
    },
  },
  {
    asset: 'AAVE',
    class: 'largeAlt',
    riskGroup: 'AAVE',
    issuer: null,
    tokens: {
      ethereum: native('AAVE'),
      base: canonical('AAVE'),
      arbitrum: canonical('AAVE'),
      optimism: canonical('AAVE'),
      polygon: canonical('AAVE'),
      avalanche: bridged('AAVEe'),
    },
  },
  { asset: 'ARB', class: 'largeAlt', riskGroup: 'ARB', issuer: null, tokens: { arbitrum: native('ARB') } },
  { asset: 'OP', class: 'largeAlt', riskGroup: 'OP', issuer: null, tokens: { optimism: native('OP') } },
  { asset: 'UNI', class: 'largeAlt', riskGroup: 'UNI', issuer: null, tokens: { ethereum: native('UNI') } },
  { asset: 'GNO', class: 'largeAlt', riskGroup: 'GNO', issuer: null, tokens: { gnosis: bridged('GNO') } },
]
