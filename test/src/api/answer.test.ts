import { describe, expect, it } from 'vitest'
import { answer, type Finality, type Question } from '../../../src/api/answer'
import type { ChainFacts, Facts } from '../../../src/api/facts'
import type { Exclusion } from '../../../src/api/read/cut'
import { replay } from '../../../src/api/replay'
import type { Evidence } from '../../../src/api/valuation/figure'

const account = `0x${'aa'.repeat(20)}`
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
function evidence(time: number, collateral: number, debt: number, excluded: readonly Exclusion[] = []): Evidence {
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
  }
  const asset = (kind: string, riskGroup: string, token: string) => ({
    class: kind,
    riskGroup,
    issuer: null,
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

const question = (finality: Finality, kind: Question['kind'] = 'margin'): Question => ({
  kind,
  finality,
  at: null,
  request: {
    addresses: [account],
    model: 'portfolio',
    positions: [],
    marketData: null,
    parameters: 'house-1',
    cash: null,
    recourseDebt: null,
    accruedFunding: null,
  },
})
const now = 1_800_000_000
const served = (of: Question, main: Evidence, finalized: Evidence | null = null) => {
  const { body, replay: facts } = answer(of, { main, finalized })
  return JSON.parse(JSON.stringify({ ...body, facts }))
}

describe('answer', () => {
  it('values the unit of the methodology as printed there', () => {
    const body = served(question('latest', 'collateral'), evidence(now, 300, 150))
    const [unit] = body.lendingUnits
    expect(unit).toMatchObject({
      collateralBaseRaw: '30000000000000',
      debtBaseRaw: '15000000000000',
      healthFactorRaw: '1660000000000000000',
      equity: '150000.00000000',
      control: 'none',
    })
    expect(Number(unit.movable)).toBeCloseTo(300_000 - (1.25 * 150_000) / 0.83, 6)
  })

  it('under conservative is one of its two cuts whole, the lower (300/200 → 200/100)', () => {
    const before = evidence(now - 600, 300, 200)
    const after = evidence(now, 200, 100)
    const both = served(question('conservative'), after, before)
    const excesses = [before, after].map((each) => Number(served(question('latest'), each).excessInitialMargin))
    expect(Number(both.excessInitialMargin)).toBe(Math.min(...excesses))
    const decisive = both.finality.decisive === 'finalized' ? before : after
    expect(both.asOf).toEqual(served(question('latest'), decisive).asOf)
    expect(both.lendingUnits).toEqual(served(question('latest'), decisive).lendingUnits)
    expect(both.lendingUnits.map((unit: { debtBase: string }) => unit.debtBase)).not.toEqual([
      '200000.00000000',
      '100000.00000000',
    ])
    expect(both.status).not.toBe('LIQUIDATABLE')
  })

  it('is STALE and incomplete while a required chain is out of the cut', () => {
    const excluded = [{ chain: 'beta', required: true, reasonCode: 'CHAIN_STALE' as const, detail: 'late' }]
    const body = served(question('latest'), evidence(now, 300, 150, excluded))
    expect(body).toMatchObject({
      status: 'STALE',
      complete: false,
      missing: [{ scope: 'chain', chain: 'beta', reasonCode: 'CHAIN_STALE' }],
    })
  })

  it('can be computed again from what it carries, and not if any character of it is changed', () => {
    const body = served(question('conservative'), evidence(now, 200, 100), evidence(now - 600, 300, 200))
    expect(replay(body)).toEqual({ kind: 'verified', stateHash: body.stateHash })
    const text = JSON.stringify(body)
    let changed = 0
    for (let index = 7; index < text.length && changed < 60; index += Math.floor(text.length / 200)) {
      if (!/\d/.test(text[index]!)) continue
      const digit = text[index] === '7' ? '3' : '7'
      const mutated = text.slice(0, index) + digit + text.slice(index + 1)
      expect(replay(JSON.parse(mutated)).kind, mutated.slice(index - 40, index + 10)).toBe('differs')
      changed++
    }
    expect(changed).toBeGreaterThan(20)
  })
})
