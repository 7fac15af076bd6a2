import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { build, crossmargin, endCommands } from './support/command'

beforeAll(build)
afterAll(endCommands)

const leftOver = () => readdirSync(tmpdir()).filter((name) => name.startsWith('crossmargin-demo-'))

it('prints every seeded account’s figure as one line of JSON, ends, and leaves nothing', {
  timeout: 300_000,
}, async () => {
  const before = new Set(leftOver())
  const demo = crossmargin(['demo', '--once', '--seed', '3'])
  expect(await demo.exited).toEqual({ code: 0, signal: null })
  expect(demo.stdout).toHaveLength(1)
  const { accounts } = JSON.parse(demo.stdout[0]!) as { accounts: Record<string, unknown>[] }
  expect(accounts.length).toBeGreaterThanOrEqual(30)
  for (const account of accounts) {
    expect(account).toEqual({
      account: expect.stringMatching(/^0x[0-9a-f]{40}$/),
      marginBalance: expect.stringMatching(/^-?\d+\.\d{8}$/),
      initialMargin: expect.stringMatching(/^\d+\.\d{8}$/),
      maintenanceMargin: expect.stringMatching(/^\d+\.\d{8}$/),
      marginRatio: account.marginRatio === null ? null : expect.stringMatching(/^\d+\.\d{18}$/),
      status: expect.any(String),
      complete: true,
      chains: ['alpha', 'beta'],
    })
  }
  expect(new Set(accounts.map(({ marginBalance }) => marginBalance)).size).toBeGreaterThanOrEqual(25)
  expect(demo.stderr.join('\n')).toMatch(/deploying[\s\S]*seeding[\s\S]*indexing/)
  expect(leftOver().filter((name) => !before.has(name))).toEqual([])
})
