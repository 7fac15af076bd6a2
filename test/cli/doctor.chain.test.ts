import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import getPort from 'get-port'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startDevnet } from '../../devnet/startDevnet'
import type { Devnet } from '../../devnet/types'
import { build, crossmargin, endCommands } from './support/command'

const directory = mkdtempSync(join(tmpdir(), 'crossmargin-doctor-'))
let devnet: Devnet

beforeAll(async () => {
  build()
  chmodSync(directory, 0o755)
  devnet = await startDevnet({ chains: 1, content: 'empty', log: () => undefined })
})
afterAll(async () => {
  await endCommands()
  await devnet?.stop()
  rmSync(directory, { recursive: true, force: true })
})

async function examine(change: object) {
  const file = join(directory, 'config.json')
  const { alpha } = devnet.config.chains as Record<string, object>
  writeFileSync(file, JSON.stringify({ ...devnet.config, chains: { alpha: { ...alpha, ...change } } }))
  const doctor = crossmargin(['doctor', '--config', file, '--port', '0'], {
    CROSSMARGIN_DATA_DIR: join(directory, 'data'),
  })
  const { code } = await doctor.exited
  return { code, last: doctor.stdout.at(-1), text: doctor.stdout.join('\n') }
}

it('finds nothing wrong with what works', async () => {
  const { code, last, text } = await examine({})
  expect({ code, text }).toEqual({ code: 0, text: expect.stringContaining('chain id 31337') })
  expect(last).toMatch(/^doctor: \d+ ok, 0 warnings, 0 errors$/)
})

it('tells a dead RPC, a wrong chain and a missing contract apart, and where to mend them', async () => {
  const dead = await examine({ rpc: [devnet.chain('alpha').rpcUrl, `http://127.0.0.1:${await getPort()}`] })
  expect(dead).toMatchObject({ code: 1, last: expect.stringMatching(/, 1 errors$/) })
  expect(dead.text).toMatch(/error .*does not answer.*\/chains\/alpha\/rpc/)
  const wrong = await examine({ chainId: 7 })
  expect(wrong.text).toMatch(/error .*serves chain id 31337, the configuration says 7.*\/chains\/alpha\/chainId/)
  const multicall3 = `0x${'12'.repeat(20)}`
  expect((await examine({ multicall3 })).text).toMatch(/error .*no contract at 0x1212.*\/chains\/alpha\/multicall3/)
})

it('reports a configuration that cannot be used as such: exit 2', async () => {
  const { code, text, last } = await examine({ speed: 1 })
  expect({ code, text }).toEqual({ code: 2, text: expect.stringContaining('/chains/alpha/speed') })
  expect(last).toMatch(/^doctor: /)
})
