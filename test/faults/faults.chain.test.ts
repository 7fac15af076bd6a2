import { beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '../../cli/projectRoot'
import { describeFaults, summarise } from '../../faults/report'
import { type FaultsReport, runFaults } from '../../faults/runFaults'

/** One of each sort: nodes that lead elsewhere, a process that dies. The long run is `npm run faults`. */
const only = ['wrong-chain', 'kill-indexer']

describe('a short run of faults', () => {
  let report: FaultsReport

  beforeAll(async () => {
    const quiet = { areBrief: true, root: projectRoot(), progress: () => undefined }
    report = await runFaults({ seed: 4, faults: only.length, only, ...quiet })
    process.stderr.write(`${describeFaults(report)}\n`)
  }, 300_000)

  it('changes answers or kills something each time, and each is noticed and recovered from', () => {
    expect(report.injections.filter(({ changed }) => changed === 0)).toEqual([])
    expect(summarise(report)).toBe('faults: 2 injected, 2 detected, 2 recovered, 0 wrong')
  })

  it('never gives a wrong figure, and in the end every figure is right', () => {
    expect(report.checks).toBeGreaterThan(1_000)
    expect(report.wrong).toEqual([])
    expect(report.finalDrifts).toEqual([])
  })

  it('keeps every chain that nothing happened to in every answer', () => {
    expect(report.samples).toBeGreaterThan(5)
    expect(report.absences).toEqual([])
  })
})
