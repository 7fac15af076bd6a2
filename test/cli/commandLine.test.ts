import { mkdtempSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { build, crossmargin, endCommands } from './support/command'

const folder = mkdtempSync(join(tmpdir(), 'crossmargin-cli-'))
const file = (name: string, value: unknown): string => {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(value))
  return path
}
const chain = { chainId: 1, rpc: ['http://127.0.0.1:9'] }

beforeAll(build)
afterAll(endCommands)

/** Runs a command that must refuse; returns what it said. */
async function refusal(...args: string[]): Promise<string> {
  const command = crossmargin(args, { CROSSMARGIN_DATA_DIR: join(folder, 'data') })
  const { code } = await command.exited
  const words = command.stderr.join('\n')
  expect({ code, stdout: command.stdout }).toEqual({ code: 2, stdout: [] })
  expect(words).not.toMatch(/\n\s+at /)
  return words
}

describe('wrong usage and configuration exit 2, with words and without a stack', () => {
  it('names every wrong place of the configuration file by its pointer', async () => {
    const config = file('bad.json', { builtin: false, chains: { alpha: { ...chain, chainId: -1, speed: 9 } } })
    const words = await refusal('start', '--config', config)
    expect(words).toContain(config)
    expect(words).toContain('/chains/alpha/chainId')
    expect(words).toContain('/chains/alpha/speed')
  })

  it('names a missing file and how it is named', async () => {
    expect(await refusal('start', '--config', '/nowhere.json')).toMatch(/nowhere\.json[\s\S]*--config/)
  })

  it('starts nothing without a chain, and says how to name a built-in one', async () => {
    const words = await refusal('start')
    expect(words).toContain('/chains: no chain is configured')
    expect(words).toMatch(/"rpc"[\s\S]*ethereum, base/)
    const nodeless = file('nodeless.json', { chains: { base: {} } })
    expect(await refusal('start', '--config', nodeless)).toContain('/chains/base/rpc')
  })

  it('refuses unknown commands, unknown flags and no command', async () => {
    expect(await refusal('strat')).toContain('strat')
    expect(await refusal('start', '--prot', '1')).toContain('--prot')
    expect(await refusal()).toContain('Commands:')
  })

  it('refuses a chain that is not configured and names those that are', async () => {
    const config = file('one.json', { builtin: false, chains: { alpha: chain } })
    expect(await refusal('indexer', '--chain', 'beta', '--config', config)).toMatch(/beta[\s\S]*alpha/)
  })

  it('names a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const config = file('one.json', { builtin: false, chains: { alpha: chain } })
    try {
      const words = await refusal('start', '--config', config, '--port', String(port))
      expect(words).toContain(String(port))
      expect(words).toContain('--port')
      expect(await refusal('demo', '--port', String(port))).toContain(String(port))
    } finally {
      server.close()
    }
  })

  it('names a database that does not answer, without its password', async () => {
    const config = file('one.json', { builtin: false, chains: { alpha: chain } })
    const command = crossmargin(['start', '--config', config, '--port', '0'], {
      CROSSMARGIN_DATA_DIR: join(folder, 'data'),
      DATABASE_URL: 'postgresql://me:secret@127.0.0.1:9/x',
    })
    expect((await command.exited).code).toBe(2)
    expect(command.stderr.join('\n')).toMatch(/127\.0\.0\.1:9.*ECONNREFUSED.*DATABASE_URL/)
    expect(command.stderr.join('\n')).not.toContain('secret')
  })
})

describe('help', () => {
  it('is a result: on stdout, exit 0', async () => {
    const command = crossmargin(['--help'])
    expect((await command.exited).code).toBe(0)
    expect(command.stdout.join('\n')).toContain('start')
  })
})
