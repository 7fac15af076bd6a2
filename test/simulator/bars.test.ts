import { describe, expect, it } from 'vitest'
import { missedBars } from '../../simulator/bars'
import type { SeedReport } from '../../simulator/runSeed'

const report = (rest: Partial<SeedReport> = {}): SeedReport => ({
  ...{ seed: 1, asked: 500, operations: 502, blocks: 190, checkedBlocks: 170, checks: 9, reorgs: 5, restarts: 3 },
  perAction: new Map(Object.entries({ supply: 5, 'liquidate for aTokens': 5 })),
  ...{ drifts: [], failure: null, trace: { seed: 1, chains: 2, events: [] } },
  ...rest,
})

describe('missedBars', () => {
  it('is silent about a run that did enough', () => {
    expect(missedBars(report(), 20)).toEqual([])
    expect(missedBars(report({ asked: 40, operations: 40, reorgs: 1, restarts: 1, perAction: new Map() }), 20)).toEqual(
      [],
    )
  })

  it('names everything there was too little of', () => {
    const perAction = new Map(Object.entries({ supply: 5, 'liquidate for aTokens': 2 }))
    const poor = report({ operations: 499, checkedBlocks: 166, reorgs: 4, restarts: 2, perAction })
    expect(missedBars(poor, 19)).toEqual([
      'too few operations: 499 where 500 are wanted',
      'too few of "liquidate for aTokens": 2 where 5 are wanted',
      'too few accounts: 19 where 20 are wanted',
      'too few checked blocks: 166 where 167 are wanted',
      'too few reorgs: 4 where 5 are wanted',
      'too few restarts: 2 where 3 are wanted',
    ])
  })

  it('asks nothing of a run that a finding ended', () => {
    expect(missedBars(report({ operations: 3, failure: { chain: 'alpha', message: 'silent' } }), 1)).toEqual([])
  })
})
