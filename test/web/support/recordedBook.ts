/** Answers over all accounts for the page's tests: made up, but rows sum to totals and shares to one, as the API promises. */
import type { ConcentrationAnswer, CoverageAnswer } from '../../../web/api/bookAnswer'
import { account, marginAnswer } from './recordedAnswers'

export function concentrationAnswer(given: Partial<ConcentrationAnswer> = {}): ConcentrationAnswer {
  const { asOf } = marginAnswer()
  return {
    by: 'asset',
    total: { value: '9007199254740993.25000000', debt: '300.00000000', positions: 5, unvalued: 1, accounts: 1234 },
    keys: 4,
    herfindahl: '0.375000000000000000',
    effectiveNumber: '2.666666666666666666',
    rows: [
      {
        key: 'WETH',
        keyReason: null,
        value: '4503599627370496.62500000',
        debt: '0.00000000',
        positions: 1,
        unvalued: 0,
        share: '0.500000000000000001',
      },
      {
        key: 'USDC',
        keyReason: null,
        value: '2251799813685248.31250000',
        debt: '300.00000000',
        positions: 2,
        unvalued: 0,
        share: '0.250000000000000000',
      },
      {
        key: null,
        keyReason: 'no configured asset has the token',
        value: null,
        debt: '0.00000000',
        positions: 1,
        unvalued: 1,
        share: null,
      },
    ],
    others: {
      keys: 1,
      value: '2251799813685248.31250000',
      debt: '0.00000000',
      positions: 1,
      unvalued: 0,
      share: '0.249999999999999999',
    },
    topAccounts: [
      {
        account,
        value: '4503599627370496.62500000',
        debt: '0.00000000',
        positions: 1,
        unvalued: 0,
        share: '0.500000000000000001',
        behind: [
          {
            chain: 'alpha',
            protocol: 'aave-v3',
            asset: 'WETH',
            value: '4503599627370496.62500000',
            debt: '0.00000000',
            positions: 1,
            unvalued: 0,
          },
        ],
      },
    ],
    reconciles: { equal: true, markets: [{ equal: true }, { equal: true }, { equal: null }] },
    complete: true,
    missing: [],
    asOf,
    stateHash: '0xabc',
    ...given,
  }
}

export function coverageAnswer(): CoverageAnswer {
  const block = (blockNumber: string) => ({ blockNumber, timestamp: '2026-11-20T12:00:00Z' })
  return {
    chains: {
      alpha: {
        chainId: 31337,
        inCut: true,
        detail: null,
        indexedSince: block('5'),
        indexedUntil: block('1200'),
        secured: [
          {
            protocol: 'aave-v3',
            accounts: 1200,
            value: '9000.00000000',
            debt: '300.00000000',
            positions: 4,
            unvalued: 0,
          },
        ],
        deployments: [
          { kind: 'aaveV3', name: 'main', address: '0xa1', indexed: true, reasonCode: null, detail: null },
          {
            kind: 'morphoBlue',
            name: null,
            address: `0x${'b1'.repeat(20)}`,
            indexed: false,
            reasonCode: 'READ_FAILED',
            detail: 'this version has no adapter for morpho-blue: nothing of it is counted',
          },
        ],
      },
      beta: { chainId: 31338, inCut: false, detail: 'last indexed block 7 is too old' },
    },
  }
}
