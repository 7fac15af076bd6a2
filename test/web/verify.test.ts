import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../devnet/random'
import type { Verification } from '../../web/verify'
import { changedCharacter } from '../src/api/support/changedCharacter'
import { evidence, now, question, served } from '../src/api/support/evidence'
import { chromiumPath, launchChromium, sayWhenChromiumIsAbsent } from './support/launchChromium'
import { type RecordedServer, serveRecorded } from './support/serveRecorded'

sayWhenChromiumIsAbsent()

const web = join(import.meta.dirname, '../../web')

describe.skipIf(chromiumPath === undefined)('an answer checked in Chromium', () => {
  let folder: string
  let server: RecordedServer
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'crossmargin-verify-'))
    await build({
      entryPoints: [join(web, 'verify.ts')],
      outdir: folder,
      bundle: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      logLevel: 'error',
    })
    copyFileSync(join(web, 'icon.svg'), join(folder, 'icon.svg'))
    server = await serveRecorded(folder)
    browser = await launchChromium()
    page = await browser.newPage()
    await page.goto(`${server.url}/icon.svg`)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** The verdict of the bundle, given inside the browser. */
  const verdict = (text: string): Promise<Verification> =>
    page.evaluate(`import('/verify.js').then(({ verifyAnswer }) => verifyAnswer(${JSON.stringify(text)}))`)

  const conservative = served(question('conservative'), evidence(now, 200, 100), evidence(now - 600, 300, 200))
  const collateral = served(question('latest', 'collateral'), evidence(now, 300, 150))

  it('is verified, and asks nobody', async () => {
    for (const answer of [conservative, collateral])
      expect(await verdict(JSON.stringify(answer))).toMatchObject({ kind: 'verified', stateHash: answer.stateHash })
    expect(server.requests.filter((path) => path !== '/favicon.ico')).toEqual([])
  })

  it('is refused after any change', async () => {
    const random = seededRandom(6, 'changes')
    for (let change = 0; change < 50; change++) {
      const { changed, around } = changedCharacter(JSON.stringify(conservative), random)
      expect((await verdict(changed)).kind, around).not.toBe('verified')
    }
    const richer = { ...conservative, marginBalance: '1000000.00000000' }
    expect(await verdict(JSON.stringify(richer))).toEqual({ kind: 'differs', pointer: '/marginBalance' })
  })
})
