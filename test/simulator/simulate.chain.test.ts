import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../cli/projectRoot'
import { rememberedSeeds } from '../../simulator/rememberedSeeds'
import { describeFinding, largestDrift } from '../../simulator/report'
import { simulate } from '../../simulator/simulate'

const root = projectRoot()
const timeout = 300_000

async function run(seed: number, operations: number, chains: number, endBlock?: number) {
  if (!existsSync(join(root, 'dist', 'crossmargin.js'))) throw new Error('dist/ is empty: run npm run build first')
  const { report, accounts } = await simulate({ seed, operations, chains, endBlock, root, progress: () => {} })
  expect(describeFinding(report)).toEqual([])
  expect(largestDrift(report.drifts)).toBe(0n)
  expect(report.checks).toBeGreaterThan(report.checkedBlocks * accounts)
  return { report, accounts }
}

describe('the product against the contracts', () => {
  it.concurrent.each([
    [1, 2],
    [2, 1],
  ])(
    'has no wei of drift on short walk %i, over %i chains, with a reorg and a restart',
    async (seed, chains) => {
      const { report, accounts } = await run(seed, 40, chains)
      expect(accounts).toBeGreaterThanOrEqual(20)
      expect(report.operations).toBeGreaterThanOrEqual(40)
      expect(report.checkedBlocks).toBeGreaterThanOrEqual(report.operations / 3)
      expect([report.reorgs, report.restarts]).toEqual([1, 1])
    },
    timeout,
  )

  const remembered = rememberedSeeds(root)
  it.runIf(remembered.length > 0)(
    'no longer shows what the simulator once found',
    async () => {
      for (const { seed, operations, chains, block } of remembered)
        await run(seed, operations, chains, block ?? undefined)
    },
    timeout * Math.max(1, remembered.length),
  )
})
