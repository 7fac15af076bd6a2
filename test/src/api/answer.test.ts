import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../../src/api/valuation/figure'
import { replay } from '../../../src/api/verify/replay'
import { evidence, now, question, served } from './support/evidence'

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

  it('is incomplete where something is older than what was indexed, and names it', () => {
    const plain = evidence(now, 300, 150)
    const contract = `0x${'c0'.repeat(20)}`
    const openings = [{ protocol: 'morpho-blue', contract, blockNumber: '41' }]
    const chains = { ...plain.facts.chains, alpha: { ...plain.facts.chains.alpha!, openings } }
    const body = served(question('latest', 'collateral'), { ...plain, facts: { ...plain.facts, chains } })
    expect(served(question('latest', 'collateral'), plain).complete).toBe(true)
    expect(body.complete).toBe(false)
    expect(body.missing).toEqual([
      expect.objectContaining({ scope: 'market', chain: 'alpha', id: contract, reasonCode: 'NOT_HYDRATED' }),
    ])
    expect(body.missing[0]!.detail).toContain('block 41')
  })

  it('takes the haircuts of the tiers and the deviation that the configuration names', () => {
    const plain = evidence(now, 300, 150)
    const feed = { chain: 'alpha', feed: '0xfeed0', base: 'WETH', quote: 'USD', heartbeatSeconds: 3_600, band: null }
    const withTrust = (reference: object): Evidence => ({
      ...plain,
      facts: { ...plain.facts, reference: { ...plain.facts.reference, ...reference } },
    })
    const stepsOf = (found: Evidence) => {
      const [unit] = served(question('latest', 'collateral'), found).lendingUnits
      const steps = (unit as unknown as { steps: readonly { step: string; haircut: string; rule: string }[] }).steps
      return Object.fromEntries(steps.map(({ step, haircut, rule }) => [step, { haircut: Number(haircut), rule }]))
    }
    const tiers = { chains: { alpha: 'unproven' }, protocols: { 'aave-v3': 'recent' } }
    const trusted = stepsOf(withTrust({ feeds: [feed] }))
    expect(trusted.protocol?.haircut ?? 0).toBe(0)
    expect(trusted.chain?.haircut ?? 0).toBe(0)
    expect(trusted.oracle).toMatchObject({ haircut: 0.02 })
    const doubted = stepsOf(withTrust({ feeds: [{ ...feed, deviation: '0.05' }], tiers }))
    expect(doubted.protocol).toMatchObject({ haircut: 0.05 })
    expect(doubted.chain).toMatchObject({ haircut: 0.25 })
    expect(doubted.oracle).toMatchObject({ haircut: 0.05 })
    // A deviation below the charge for a single source changes nothing.
    expect(stepsOf(withTrust({ feeds: [{ ...feed, deviation: '0.005' }] })).oracle).toMatchObject({ haircut: 0.02 })
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
    expect(replay(body)).toMatchObject({ kind: 'verified', stateHash: body.stateHash })
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
