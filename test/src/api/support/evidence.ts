import { answer, type Finality, type Question } from '../../../../src/api/answer'
import type { ChainFacts, Facts } from '../../../../src/api/facts'
import type { Exclusion } from '../../../../src/api/read/cut'
import type { Evidence } from '../../../../src/api/valuation/figure'

export const account = `0x${'aa'.repeat(20)}`
const pool = '0xp001'
const ray = String(10n ** 27n)
const stamp = { blockNumber: '1' }

const market = (token: string, index: number) => ({
  ...stamp,
  protocol: 'aave-v3',
  market: `${pool}:${token}`,
  kind: 'reserve',
  unit: pool,
  token,
  receipt: null,
  debtToken: null,
  stableDebtToken: null,
  oracle: `0xfeed${index}`,
  marketIndex: index,
  receiptRevision: 5,
  debtRevision: 5,
  label: null,
  receiptRounding: 'directed',
  debtRounding: 'directed',
  revision: null,
  baseUnit: null,
  collateralToken: null,
  rateModelKind: null,
})
const state = (token: string, time: number) => ({
  ...stamp,
  protocol: 'aave-v3',
  market: `${pool}:${token}`,
  supplyIndex: ray,
  borrowIndex: ray,
  supplyRate: '0',
  borrowRate: '0',
  totalSupply: '0',
  totalBorrow: '0',
  liquidity: String(10n ** 30n),
  accruedAt: String(time),
  accruedToTreasury: null,
  deficit: null,
  stableBorrow: null,
  stableRate: null,
  stableAccruedAt: null,
  rateAtTarget: null,
  rateReadAt: null,
})
const parameters = (token: string, decimals: number) => ({
  ...stamp,
  protocol: 'aave-v3',
  market: `${pool}:${token}`,
  maxLtv: '8000',
  liquidationThreshold: '8300',
  liquidationIncentive: '10500',
  supplyCap: '0',
  borrowCap: '0',
  flags: 'active,borrowing',
  emode: 0,
  decimals,
  collateralBitmap: null,
  borrowableBitmap: null,
  ltvZeroBitmap: null,
  priceSource: null,
  reserveFactor: null,
})
const position = (token: string, side: string, raw: bigint) => ({
  ...stamp,
  protocol: 'aave-v3',
  market: `${pool}:${token}`,
  account,
  side,
  raw: String(raw),
  rate: null,
  accruedAt: null,
})
const feed = (index: number, answerRaw: bigint, time: number) => ({
  feed: { ...stamp, feed: `0xfeed${index}`, base: '', quote: '', decimals: 8, heartbeat: '3600' },
  price: {
    ...stamp,
    feed: `0xfeed${index}`,
    round: '1',
    answer: String(answerRaw),
    updatedAt: String(time),
    status: 'ok',
  },
})

/** Collateral and debt in thousands of dollars; ETH at 2500. */
export function evidence(
  time: number,
  collateral: number,
  debt: number,
  excluded: readonly Exclusion[] = [],
): Evidence {
  const feeds = [feed(0, 2_500n * 10n ** 8n, time), feed(1, 10n ** 8n, time)]
  const alpha: ChainFacts = {
    tokens: [
      { ...stamp, address: '0xe0', symbol: 'WETH', decimals: 18 },
      { ...stamp, address: '0xu0', symbol: 'USDC', decimals: 6 },
    ],
    markets: [
      {
        ...market('0xe0', 0),
        market: pool,
        kind: 'pool',
        label: 'main',
        revision: 10,
        baseUnit: '100000000',
        oracle: null,
      },
      market('0xe0', 0),
      market('0xu0', 1),
    ],
    marketStates: [state('0xe0', time), state('0xu0', time)],
    marketParameters: [parameters('0xe0', 18), parameters('0xu0', 6)],
    positions: [
      position('0xe0', 'supply', (BigInt(collateral) * 10n ** 21n) / 2_500n),
      position('0xu0', 'borrow', BigInt(debt) * 10n ** 9n),
    ],
    lendingAccounts: [{ ...stamp, protocol: 'aave-v3', unit: pool, account, collateralBitmap: '1', emode: 0 }],
    vaults: [],
    vaultStates: [],
    feeds: feeds.map((each) => each.feed),
    prices: feeds.map((each) => each.price),
    pools: [],
    poolStates: [],
    pastPoolStates: [],
    poolTicks: [],
  }
  const asset = (kind: string, riskGroup: string, token: string) => ({
    class: kind,
    riskGroup,
    issuer: null,
    redeemsTo: null,
    tokens: { alpha: token },
    bridge: {},
  })
  const facts: Facts = {
    reference: {
      assets: { WETH: asset('major', 'ETH', '0xe0'), USDC: asset('majorStable', 'USD', '0xu0') },
      feeds: [],
    },
    chains: { alpha },
  }
  const block = {
    chainId: 1,
    blockNumber: String(time),
    blockHash: `0x${time}`,
    timestamp: time,
    finality: 'latest' as const,
    lagSeconds: 0,
  }
  return { cut: { time, chains: { alpha: block }, excluded }, facts }
}

/** A question about that account, at the newest cut. */
export const question = (finality: Finality, kind: Question['kind'] = 'margin'): Question => ({
  kind,
  finality,
  at: null,
  request: {
    addresses: [account],
    venue: null,
    model: 'portfolio',
    positions: [],
    marketData: null,
    parameters: 'house-1',
    cash: null,
    recourseDebt: null,
    accruedFunding: null,
  },
})
export const now = 1_800_000_000

/** The answer as a client receives it, with its facts. */
export const served = (of: Question, main: Evidence, finalized: Evidence | null = null) => {
  const { body, replay: facts } = answer(of, { main, finalized })
  return JSON.parse(JSON.stringify({ ...body, facts }))
}
