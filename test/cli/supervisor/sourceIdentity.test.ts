import { execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../../cli/projectRoot'
import { deploymentIdentity, schemaName, sourceIdentity } from '../../../cli/supervisor/sourceIdentity'
import { parseConfig } from '../../../config/load'

const root = projectRoot()
const config = (change: object = {}) =>
  parseConfig(
    { builtin: false, chains: { alpha: { chainId: 1, rpc: ['http://127.0.0.1:9'], startBlock: 5, ...change } } },
    'test',
  ).chains.alpha!

/** The identity of what `folder` holds, once built as the project is. */
function built(folder: string): string {
  const script = `
    const { buildIndexer } = await import(${JSON.stringify(join(root, 'scripts/build-indexer.mjs'))})
    await buildIndexer(await import('esbuild'), ${JSON.stringify(folder)}, ${JSON.stringify(join(folder, 'dist/indexer'))})`
  execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root })
  return sourceIdentity(folder, 'alpha', config())
}

describe('the identity of a chain’s facts', () => {
  const identity = sourceIdentity(root, 'alpha', config())

  it('does not change with how the chain is reached or how late it may be', () => {
    const change = { rpc: ['http://127.0.0.1:1', 'http://127.0.0.1:2'], ws: 'ws://127.0.0.1:3', maxLagSeconds: 99 }
    expect(sourceIdentity(root, 'alpha', config({ ...change, getLogsRange: 7, required: false }))).toBe(identity)
  })

  it('changes with what is indexed', () => {
    const token = { address: `0x${'1'.repeat(40)}`, asset: 'WETH' }
    const others = [config({ startBlock: 6 }), config({ chainId: 2 }), config({ walletTokens: [token] })]
    expect(new Set([identity, ...others.map((other) => sourceIdentity(root, 'alpha', other))]).size).toBe(4)
    expect(sourceIdentity(root, 'beta', config())).not.toBe(identity)
  })

  it('changes with the code Ponder executes, not with the API, and is the same wherever that was built', () => {
    const copy = mkdtempSync(join(tmpdir(), 'crossmargin-identity-'))
    try {
      const files = [
        'ponder.schema.ts',
        'ponder.config.ts',
        'tsconfig.json',
        'package.json',
        'node_modules/ponder/package.json',
      ]
      for (const part of ['src', 'abis', 'config', ...files])
        cpSync(join(root, part), join(copy, part), { recursive: true })
      const before = built(copy)
      expect(before).toBe(identity)
      appendFileSync(join(copy, 'src/api/createApp.ts'), 'export const more = 1\n')
      appendFileSync(join(copy, 'ponder.schema.ts'), '// More is said of it.\n')
      expect(built(copy)).toBe(before)
      writeFileSync(join(copy, 'dist/indexer/ponder-env.d.ts'), '// Ponder writes this when it starts.')
      expect(sourceIdentity(copy, 'alpha', config())).toBe(before)
      appendFileSync(join(copy, 'src/registerHandlers.ts'), 'export const more = 1\n')
      const after = built(copy)
      expect(after).not.toBe(before)
      appendFileSync(join(copy, 'ponder.schema.ts'), 'export const more = 1\n')
      expect(built(copy)).not.toBe(after)
    } finally {
      rmSync(copy, { recursive: true, force: true })
    }
  })

  it('does not depend on the order of keys', () => {
    expect(deploymentIdentity('s', { a: 1, b: { c: 2, d: 3 } })).toBe(
      deploymentIdentity('s', { b: { d: 3, c: 2 }, a: 1 }),
    )
    expect(deploymentIdentity('s', { a: 1 })).not.toBe(deploymentIdentity('s', { a: 2 }))
  })
})

it('names schemas that PostgreSQL and Ponder take', () => {
  const names = ['alpha', 'Arbitrum-One', 'x'.repeat(40)].map((chain) => schemaName(chain, 'f'.repeat(64)))
  for (const name of names) expect(name).toMatch(/^idx_[a-z0-9_]{1,41}$/)
  expect(names[1]).toBe('idx_arbitrum_one_ffffffffffff')
})
