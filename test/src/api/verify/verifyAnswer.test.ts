import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '../../../../cli/projectRoot'
import { seededRandom } from '../../../../devnet/random'
import { verifyAnswer } from '../../../../src/api/verify/verifyAnswer'
import { changedCharacter } from '../support/changedCharacter'
import { evidence, now, question, served } from '../support/evidence'

const hedged = question('latest')
const answers = {
  collateral: served(question('latest', 'collateral'), evidence(now, 300, 150)),
  finalized: served(question('finalized'), evidence(now, 300, 150)),
  conservative: served(question('conservative'), evidence(now, 200, 100), evidence(now - 600, 300, 200)),
  past: served({ ...question('latest'), at: 'alpha:1800000000' }, evidence(now, 300, 150)),
  stale: served(
    question('latest'),
    evidence(now, 300, 150, [{ chain: 'beta', required: true, reasonCode: 'CHAIN_STALE', detail: 'late' }]),
  ),
  hedged: served(
    {
      ...hedged,
      request: {
        ...hedged.request,
        positions: [{ id: 'hedge', kind: 'perp', underlying: 'ETH', quantity: '-1.0', entryPrice: 2500.5 }],
        marketData: {
          assets: { ETH: { indexPrice: '2500' }, USDC: { indexPrice: 1 }, BTC: { indexPrice: 60_000.25 } },
        },
        parameters: { extends: 'house-1' },
        cash: [{ asset: 'USDC', quantity: '100000' }],
      },
    },
    evidence(now, 300, 150),
  ),
}
const texts = Object.entries(answers).map(([name, answer]) => [name, JSON.stringify(answer)] as const)

describe('verifyAnswer', () => {
  it.each(texts)('accepts an answer: %s', (_, text) => {
    const { stateHash } = JSON.parse(text)
    expect(verifyAnswer(text)).toMatchObject({ kind: 'verified', stateHash })
    expect(verifyAnswer(`${JSON.stringify(JSON.parse(text), null, 2)}\n`)).toMatchObject({ kind: 'verified' })
  })

  it('accepts it with its keys in another order', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, inner]) => [key, reversed(inner)]),
      )
    }
    for (const [, text] of texts)
      expect(verifyAnswer(JSON.stringify(reversed(JSON.parse(text))))).toMatchObject({ kind: 'verified' })
  })

  it('refuses each of 300 random changes of one character', () => {
    const random = seededRandom(5, 'changes')
    for (let change = 0; change < 300; change++) {
      const [name, text] = texts[change % texts.length]!
      const { changed, around } = changedCharacter(text, random)
      expect(verifyAnswer(changed).kind, `${name}: ${around}`).not.toBe('verified')
    }
  })

  it('names the first thing that differs', () => {
    const { conservative } = answers
    for (const [changed, pointer] of [
      [{ ...conservative, marginBalance: '1.00000000' }, '/marginBalance'],
      [{ ...conservative, extra: 1 }, '/extra'],
      [{ ...conservative, stateHash: `0x${'00'.repeat(32)}` }, '/stateHash'],
      [{ ...conservative, facts: { ...conservative.facts, cut: '2020-01-01T00:00:00Z' } }, '/stateHash'],
      [{ ...conservative, facts: undefined }, '/facts'],
      [[conservative], '/facts'],
    ] as const)
      expect(verifyAnswer(JSON.stringify(changed))).toEqual({ kind: 'differs', pointer })
    expect(verifyAnswer('{"account":1.0}')).toMatchObject({ kind: 'unreadable', pointer: '/account' })
  })
})

describe('crossmargin verify', () => {
  let folder: string
  const verify = (file: string, input?: string) =>
    spawnSync(process.execPath, [join(folder, 'verify.mjs'), file], { input, encoding: 'utf8' })

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'crossmargin-verify-'))
    await build({
      absWorkingDir: projectRoot(),
      stdin: {
        contents: `import { runVerify } from './cli/commands/verify'; process.exitCode = await runVerify(process.argv.slice(2))`,
        resolveDir: projectRoot(),
      },
      outfile: join(folder, 'verify.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    })
    for (const [name, text] of texts) writeFileSync(join(folder, `${name}.json`), text)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('exits 0 and says what was verified, from a file and from standard input', () => {
    const { stateHash } = answers.conservative
    for (const { status, stdout, stderr } of [
      verify(join(folder, 'conservative.json')),
      verify('-', JSON.stringify(answers.conservative)),
    ]) {
      expect([status, stdout]).toEqual([0, `verified ${stateHash}\n`])
      expect(stderr).toMatch(/^margin of 0x(aa){20} at 2027-.*, finality conservative, parameters house-1/)
    }
  })

  it('exits 1 and names the place when a figure was changed', () => {
    const { status, stdout } = verify('-', JSON.stringify({ ...answers.past, marginBalance: '1.00000000' }))
    expect([status, stdout]).toEqual([1, 'differs at /marginBalance\n'])
  })

  it('gives the same verdict under every Node on this machine', () => {
    const found = execFileSync('sh', ['-c', 'which -a node node20 node22 node24 | sort -u'], { encoding: 'utf8' })
    for (const node of new Set([process.execPath, ...found.trim().split('\n')])) {
      const run = spawnSync(node, [join(folder, 'verify.mjs'), join(folder, 'hedged.json')], { encoding: 'utf8' })
      expect([run.status, run.stdout], node).toEqual([0, `verified ${answers.hedged.stateHash}\n`])
    }
  })
})
