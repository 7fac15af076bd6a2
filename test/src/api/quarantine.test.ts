import { describe, expect, it } from 'vitest'
import type { ChainFacts, QuarantineFact } from '../../../src/api/facts'
import type { Evidence } from '../../../src/api/valuation/figure'
import { evidence, now, question, served } from './support/evidence'

const detail = 'supply of x is 2 in the index and 1 on the chain'

/** The same evidence with something else in the facts of its chain. */
const having = ({ cut, facts }: Evidence, more: Partial<ChainFacts>): Evidence => ({
  cut,
  facts: { ...facts, chains: { alpha: { ...facts.chains.alpha!, ...more } } },
})
const distrusting = (given: Evidence, ...protocols: string[]): Evidence =>
  having(given, { quarantines: protocols.map((protocol): QuarantineFact => ({ protocol, detail })) })
const ask = (given: Evidence) => served(question('latest'), given)

describe('a protocol in quarantine', () => {
  const owing = evidence(now, 200, 100)

  it('gives no credit, keeps its last known value, and is named with the reason', () => {
    const trusted = ask(owing)
    expect(Number(trusted.collateralCredit)).toBeGreaterThan(0)
    expect(trusted.complete).toBe(true)
    const distrusted = ask(distrusting(owing, 'aave-v3'))
    expect(Number(distrusted.collateralCredit)).toBe(0)
    expect(distrusted.complete).toBe(false)
    expect(distrusted.missing).toEqual([
      { scope: 'protocol', chain: 'alpha', id: 'aave-v3', reasonCode: 'QUARANTINED', detail },
    ])
    expect(distrusted.grossCollateralValue).toBe(trusted.grossCollateralValue)
    expect(distrusted.debtValue).toBe(trusted.debtValue)
    expect(distrusted.stateHash).not.toBe(trusted.stateHash)
  })

  it('is told also to those who have nothing there: a row of theirs may be missing', () => {
    const nobody = having(distrusting(owing, 'aave-v3'), { positions: [], lendingAccounts: [] })
    expect(ask(nobody)).toMatchObject({ complete: false, missing: [{ id: 'aave-v3', reasonCode: 'QUARANTINED' }] })
  })

  it('leaves others alone', () => {
    expect(ask(distrusting(owing, 'compound-v3')).collateralCredit).toBe(ask(owing).collateralCredit)
  })

  it('takes every price with it when it is the price sources that drift', () => {
    const { collateralCredit, missing } = ask(distrusting(owing, 'chainlink'))
    expect(Number(collateralCredit)).toBe(0)
    expect(missing.map(({ reasonCode }: { readonly reasonCode: string }) => reasonCode)).toContain('QUARANTINED')
  })
})
