import { rm } from 'node:fs/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findAccessibilityFaults } from './support/accessibilityFaults'
import { buildPage } from './support/buildPage'
import { chromiumPath, launchChromium, sayWhenChromiumIsAbsent } from './support/launchChromium'
import {
  account,
  incompleteAnswer,
  marginAnswer,
  otherAccount,
  row,
  seededAccounts,
  statusAnswer,
} from './support/recordedAnswers'
import { concentrationAnswer, coverageAnswer } from './support/recordedBook'
import { type RecordedReply, type RecordedServer, type Recording, serveRecorded } from './support/serveRecorded'

sayWhenChromiumIsAbsent()

const refresh = 6_000

describe.skipIf(chromiumPath === undefined)('the page, in Chromium, over recorded answers', () => {
  let folder: string | undefined
  let browser: Browser
  let server: RecordedServer
  let context: BrowserContext
  let page: Page
  let faults: string[]

  beforeAll(async () => {
    folder = await buildPage()
    server = await serveRecorded(folder)
    browser = await launchChromium()
  })

  afterAll(async () => {
    await browser?.close()
    await server?.close()
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  })

  beforeEach(async () => {
    faults = []
    context = await browser.newContext()
    page = await context.newPage()
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
    page.on('console', (message) => {
      // Chromium itself reports every reply that is not a success; what the page makes of those is tested below.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        faults.push(message.text())
    })
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url)) faults.push(`left its origin: ${request.url()}`)
    })
    await page.clock.install()
  })

  afterEach(async () => {
    await context.close()
    expect(faults).toEqual([])
  })

  /** Plays one reply to the margin route, or what a function of the URL says, beside a plain status and the seeded accounts. */
  function play(margin: RecordedReply | Recording): void {
    server.play((url) => {
      if (url.pathname === '/demo.json') return { status: 200, body: seededAccounts }
      if (url.pathname === '/v1/status') return { status: 200, body: statusAnswer() }
      return typeof margin === 'function' ? margin(url) : margin
    })
  }

  const good = (body: unknown): RecordedReply => ({ status: 200, body })
  // biome-ignore lint/performance/useDomNodeTextContent: what a reader sees, with its line breaks
  const text = (selector: string) => page.locator(selector).innerText()
  const open = async (hash: string) => {
    await page.goto(`${server.url}/${hash}`)
  }

  it('shows the one figure with what it needs', async () => {
    play(good(marginAnswer()))
    await open(`#${account}`)
    await page.waitForSelector('#figure')
    expect(await text('#figure .amount')).toBe('$8,438.24')
    expect(await text('#figure .badge')).toBe('Normal')
    const tiles = await text('#figure .tiles')
    for (const part of ['$1,780.00', 'excess $6,658.24', '$1,424.00', '16.88 %']) expect(tiles).toContain(part)
    expect(await page.title()).toContain('$8,438.24')
    expect(await text('#live')).toBe('Account 0x0000…00a1: margin balance $8,438.24, Normal.')
  })

  it('splits it by chain and protocol, and takes it from value to credit', async () => {
    play(good(marginAnswer()))
    await open(`#${account}`)
    await page.waitForSelector('#split')
    const rows = await page.locator('#split tbody tr').allInnerTexts()
    expect(rows.map((line) => line.replace(/\s+/g, ' ').trim())).toEqual([
      'alpha Aave v3 · main $10,000.00 $3,000.00 $7,000.00 $4,508.00',
      'beta Vaults $4,000.12 $0.00 $4,000.12 $3,930.24',
      'Account $14,000.12 $3,000.00 $11,000.12 $8,438.24',
    ])
    expect(await text('#waterfall')).toContain('together they are the whole difference')
    expect(await text('#waterfall')).toMatch(/Owed to the protocol\s+\$3,000.00\s+\$11,000.12/)
    const units = await page.locator('#lending tbody tr').allInnerTexts()
    expect(units[0]).toMatch(/2\.76/)
    expect(units[1]).toContain('no debt')
  })

  it('says so when the steps do not add up', async () => {
    const answer = marginAnswer()
    play(good({ ...answer, collateralCredit: '8000.00000000' }))
    await open(`#${account}`)
    await page.waitForSelector('#waterfall')
    expect(await text('#waterfall .warning')).toContain('differ by $438.25')
  })

  it('tells how old each chain is, and goes on telling', async () => {
    play(good(marginAnswer({}, 4)))
    await open(`#${account}`)
    await page.waitForSelector('#chains')
    const seconds = async () => Number(/^(\d+) s old/m.exec(await text('[data-chain="alpha"]'))![1])
    const before = await seconds()
    expect(before).toBeGreaterThanOrEqual(4)
    await page.clock.runFor(3_000)
    expect(await seconds()).toBeGreaterThanOrEqual(before + 2)
    expect(await text('[data-chain="beta"]')).toMatch(/newest block 881, \d+ s ago; limit 30 s/)
  })

  it('ages data by the server’s clock when the reader’s own is wrong', async () => {
    play(good(marginAnswer({}, 4)))
    await page.clock.setSystemTime(Date.now() + 3_600_000)
    await open(`#${account}`)
    await page.waitForSelector('#chains')
    expect(await text('[data-chain="alpha"]')).toMatch(/^[3-9] s old/m)
  })

  it('looks different when incomplete, and says what is missing and why', async () => {
    play(good(incompleteAnswer()))
    await open(`#${account}`)
    await page.waitForSelector('#missing')
    expect(await text('#missing')).toContain('Chain beta. This chain has not produced a new block within its limit')
    expect(await text('#figure h2')).toBe('Margin balance, incomplete')
    expect(await page.locator('#figure.incomplete').count()).toBe(1)
    expect(await text('#figure .badge')).toBe('Stale')
    expect(await text('#split')).toMatch(/beta not in this figure\s+unknown\s+unknown\s+unknown\s+\$0\.00/)
    expect(await text('[data-chain="beta"]')).toContain('Not in this figure.')
    expect(await text('#live')).toContain('incomplete')
    const border = (selector: string) =>
      page.locator(selector).evaluate((node) => getComputedStyle(node).borderTopStyle)
    expect([await border('#figure'), await border('#split')]).toEqual(['dashed', 'solid'])
  })

  it('writes what is unknown as unknown with its reason, and never as zero', async () => {
    const unknownRow = row({
      chain: 'alpha',
      protocol: 'erc4626',
      asset: null,
      side: 'supply',
      marketValue: null,
      markPrice: null,
      oraclePrice: null,
      movable: null,
      reasonCode: 'PRICE_STALE',
    })
    const missing = [{ scope: 'price', chain: 'alpha', id: 'XYZ', reasonCode: 'PRICE_STALE', detail: null }]
    const answer = marginAnswer({ collateral: [unknownRow], complete: false, missing })
    play(
      good({
        ...answer,
        marginRatio: null,
        marginRatioReason: 'the balance is not above zero',
        marginBalance: null,
        grossCollateralValue: null,
      }),
    )
    await open(`#${account}`)
    await page.waitForSelector('#holdings')
    expect(await text('#figure .amount')).toBe('unknown')
    expect(await text('#figure .tiles')).toMatch(/Margin ratio\s+unknown\s*there is no balance above zero/)
    expect(await text('#holdings .value')).toMatch(/unknown\s*The price is older than its feed allows/)
    expect(await text('#split tbody tr >> nth=0')).toMatch(/alpha Vaults\s+unknown\s+\$0\.00\s+unknown\s+\$0\.00/)
    expect(await text('#split tr.total')).toMatch(/unknown/)
    await page.locator('#holdings summary').click()
    expect(await text('#holdings .facts')).toMatch(/Market price\s+unknown/)
  })

  it('carries the address in the URL, from a typed one as from a seeded one, and goes back', async () => {
    play((url) => good(marginAnswer({ account: url.pathname.split('/')[3]! })))
    await open('')
    await page.waitForSelector('.welcome')
    await page.getByLabel('Account', { exact: true }).fill(`  ${account.toUpperCase().replace('0X', '0x')}`)
    await page.keyboard.press('Enter')
    await page.waitForSelector(`article[data-key="${account}"]`)
    expect(new URL(page.url()).hash).toBe(`#${account}`)
    await page.locator('.seeded a', { hasText: 'Near liquidation' }).click()
    await page.waitForSelector(`article[data-key="${otherAccount}"]`)
    expect(new URL(page.url()).hash).toBe(`#${otherAccount}`)
    expect(await text('.seeded a[aria-current]')).toContain('Near liquidation')
    await page.goBack()
    await page.waitForSelector(`article[data-key="${account}"]`)
    expect(await page.getByLabel('Account', { exact: true }).inputValue()).toBe(account)
  })

  it('asks for the chosen model and finality, and keeps them in the URL', async () => {
    play((url) => good(marginAnswer({ model: url.searchParams.get('model')! })))
    await open(`#${account}`)
    await page.waitForSelector('#figure')
    await page.getByLabel('Model').selectOption('cross')
    await page.getByLabel('Finality').selectOption('latest')
    await expect.poll(() => server.requests.at(-2)! + server.requests.at(-1)!).toContain('model=cross&finality=latest')
    expect(new URL(page.url()).hash).toBe(`#${account}?model=cross&finality=latest`)
  })

  it('asks as the venue that is named, and shows what it could rely on', async () => {
    const agreement = {
      account,
      chain: '*',
      protocol: 'aave-v3',
      control: 'enforceable',
      unwindable: true,
      since: '2026-11-01T00:00:00Z',
    }
    play((url) => {
      const venue = url.searchParams.get('venue')
      const [none, all] = ['0.00000000', '8438.24000000']
      return good(
        venue === null
          ? marginAnswer({ venue, agreements: [], indicativeCredit: all, noticeCredit: none, enforceableCredit: none })
          : marginAnswer({
              venue,
              agreements: [agreement],
              indicativeCredit: '3930.24000000',
              noticeCredit: none,
              enforceableCredit: '4508.00000000',
            }),
      )
    })
    await open(`#${account}`)
    await page.waitForSelector('#control')
    const rows = async () =>
      (await page.locator('#control tbody tr').allInnerTexts()).map((line) => line.replace(/\s+/g, ' ').trim())
    expect(await text('#control')).toContain('No venue is named')
    expect(await rows()).toContain('watched only $8,438.24')
    await page.getByLabel('Venue', { exact: true }).fill(' Acme ')
    await page.getByLabel('Venue', { exact: true }).press('Enter')
    await expect.poll(() => server.requests.some((asked) => asked.includes('venue=acme'))).toBe(true)
    expect(new URL(page.url()).hash).toBe(`#${account}?venue=acme`)
    await expect
      .poll(rows)
      .toEqual([
        'watched only $3,930.24',
        'venue is notified $0.00',
        'venue in control $4,508.00',
        'Collateral credit $8,438.24',
      ])
    expect(await text('#control')).toContain('acme could rely on')
    expect(await text('#control .agreements')).toMatch(/Aave v3|aave-v3/)
    expect(await text('#control .agreements')).toContain('may repay its loans')
    expect(await findAccessibilityFaults(page)).toEqual([])
  })

  it('explains a bad address without asking the service', async () => {
    play(good(marginAnswer()))
    await open('')
    await page.waitForSelector('.welcome')
    const asked = server.requests.length
    await page.getByLabel('Account', { exact: true }).fill('0x1234')
    await page.getByRole('button', { name: 'Show' }).click()
    expect(await text('#account-problem')).toContain('This has 4')
    expect(await page.getByLabel('Account', { exact: true }).getAttribute('aria-invalid')).toBe('true')
    await page.clock.runFor(refresh)
    expect(server.requests.slice(asked)).toEqual([])
    await open('#not-an-address')
    await expect.poll(() => text('#account-problem')).toContain('starts with 0x')
  })

  it('says that a wrong checksum is probably a mistyped address', async () => {
    play((url) => {
      expect(url.pathname).toContain('0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045')
      return { status: 400, body: { code: 'BAD_ADDRESS', detail: 'give an address', pointer: '/account' } }
    })
    await open('#0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045')
    await page.waitForSelector('.problem')
    expect(await text('.problem')).toContain('probably mistyped')
  })

  it('keeps the last figure when the service goes away, marked as old, and recovers', async () => {
    let alive = true
    play(() => (alive ? good(marginAnswer()) : undefined))
    await open(`#${account}`)
    await page.waitForSelector('#figure')
    alive = false
    await page.clock.runFor(refresh)
    await page.waitForSelector('.problem')
    expect(await text('.problem')).toMatch(
      /The service does not answer[\s\S]*answered \d+ s ago and is no longer current/,
    )
    expect(await page.locator('article.held #figure').count()).toBe(1)
    alive = true
    await page.clock.runFor(refresh)
    await page.waitForSelector('article:not(.held)')
    expect(await page.locator('.problem').count()).toBe(0)
  })

  it('shows no figure at all when there never was one', async () => {
    play({
      status: 503,
      body: { code: 'NOT_READY', title: 'Not ready', detail: 'Chain alpha is still being indexed.', pointer: '' },
    })
    await open(`#${account}`)
    await page.waitForSelector('.problem')
    expect(await text('.problem')).toMatch(/not ready yet\s+Chain alpha is still being indexed/)
    expect(await page.locator('.figure').count()).toBe(0)
    play({ status: 502, body: '<html>bad gateway</html>' })
    await page.clock.runFor(refresh)
    await expect.poll(() => text('.problem')).toContain('The service answered 502 without saying why')
  })

  it('never shows one account’s late answer under another address', async () => {
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    play((url) => {
      const asked = url.pathname.split('/')[3]!
      return { ...good(marginAnswer({ account: asked })), ...(asked === account ? { after: released } : {}) }
    })
    const isLate = (request: { url(): string }) => request.url().includes(`/${account}/margin`)
    // The page may drop the request or let it finish; either way it is over before anything is looked at.
    const over = Promise.race([
      page.waitForEvent('requestfinished', isLate),
      page.waitForEvent('requestfailed', isLate),
    ])
    const asked = page.waitForRequest(isLate)
    await open(`#${account}`)
    await asked
    await page.evaluate((hash) => {
      location.hash = hash
    }, otherAccount)
    await page.waitForSelector(`article[data-key="${otherAccount}"]`)
    release()
    await over
    await page.evaluate(() => fetch('/v1/status').then((reply) => reply.text()))
    expect(await page.locator('article').getAttribute('data-key')).toBe(otherAccount)
  })

  it('treats what token deployers wrote as text', async () => {
    const symbol = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
    const hostile = row({
      chain: '<b>alpha</b>',
      protocol: '"><svg onload=window.hacked=1>',
      asset: symbol,
      side: 'supply',
      marketValue: '10.00000000',
      path: [symbol, 'javascript:window.hacked=1'],
      takes: { '<i>step</i>': '1.00000000' },
    })
    const missing = [{ scope: '<u>x</u>', chain: symbol, id: 'x'.repeat(100_000), reasonCode: symbol, detail: symbol }]
    play(
      good(
        marginAnswer({ collateral: [hostile], missing, complete: false, parametersVersion: symbol, status: symbol }),
      ),
    )
    await open(`#${account}`)
    await page.waitForSelector('#holdings')
    await page.locator('#holdings summary').click()
    expect(await text('#holdings .asset')).toBe('<img src=x onerror="window.hacked=1"><sc…')
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
    expect(
      await page
        .locator('#content img, #content script, #content b, #content i, #content u, #content [onerror]')
        .count(),
    ).toBe(0)
  })

  it('works from the keyboard, and a refresh keeps the reader’s place', async () => {
    play(() => good(marginAnswer()))
    await open(`#${account}`)
    await page.waitForSelector('#holdings')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('skip')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
    await page.locator('#holdings summary').nth(2).focus()
    await page.keyboard.press('Enter')
    const asked = server.requests.length
    await page.clock.runFor(refresh)
    await expect.poll(() => server.requests.length).toBeGreaterThan(asked)
    await expect.poll(() => page.locator('main').getAttribute('aria-busy')).toBe('false')
    expect(await page.locator('#holdings details').nth(2).getAttribute('open')).toBe('')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('beta · Vaults')
    await page.keyboard.press('/')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('account')
  })

  it.each(['light', 'dark'] as const)('has no accessibility fault in %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    play(good(incompleteAnswer()))
    await open(`#${account}`)
    await page.waitForSelector('#missing')
    await page.locator('#holdings summary').first().click()
    expect(await findAccessibilityFaults(page)).toEqual([])
    server.play(() => undefined)
    await page.clock.runFor(refresh)
    await page.waitForSelector('.problem')
    expect(await findAccessibilityFaults(page)).toEqual([])
  })

  it.each([320, 768, 1440])('fits a screen %d pixels wide', async (width) => {
    await page.setViewportSize({ width, height: 800 })
    play(good(incompleteAnswer()))
    await open(`#${account}`)
    await page.waitForSelector('#missing')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  })

  it('says what an account that holds nothing holds', async () => {
    const zero = '0.00000000'
    play(
      good(
        marginAnswer({
          collateral: [],
          lendingUnits: [],
          prices: [],
          marginBalance: zero,
          marginRatio: null,
          worstScenario: null,
        }),
      ),
    )
    await open(`#${account}`)
    await page.waitForSelector('#split')
    expect(await text('#split')).toContain('This account holds nothing that is indexed.')
    expect(await text('#figure .amount')).toBe('$0.00')
    expect(await page.locator('#waterfall, #lending, #holdings').count()).toBe(0)
  })

  describe('over all accounts', () => {
    const playBook = (concentration: Parameters<typeof concentrationAnswer>[0] = {}) =>
      server.play((url) => {
        if (url.pathname === '/v1/coverage') return good(coverageAnswer())
        return good(concentrationAnswer({ by: url.searchParams.get('by')!, ...concentration }))
      })
    const rowsOf = async (panel: string) =>
      (await page.locator(`${panel} tbody tr`).allInnerTexts()).map((line) => line.replace(/\s+/g, ' ').trim())

    it('shows where the value is, to the cent, and says what is unknown', async () => {
      playBook()
      await page.goto(`${server.url}/book`)
      await page.waitForSelector('#concentration')
      expect(await rowsOf('#concentration')).toEqual([
        'WETH 50.00 % $4,503,599,627,370,496.62 $0.00',
        'USDC 25.00 % $2,251,799,813,685,248.31 $300.00',
        'none · no configured asset has the token unknown unknown $0.00',
        '1 others 24.99 % $2,251,799,813,685,248.31 $0.00',
        'Total $9,007,199,254,740,993.25 $300.00',
      ])
      expect(await rowsOf('#top-accounts')).toEqual([
        '0x0000…00a1 WETH · Aave v3 · alpha 50.00 % $4,503,599,627,370,496.62 $0.00',
      ])
      expect(await text('#concentration')).toContain('2.66 equal parts of 4')
      expect(await text('#book-proof')).toContain('In all 2 totals')
      expect(await findAccessibilityFaults(page)).toEqual([])
    })

    it('says which configured protocols and chains are not covered', async () => {
      playBook()
      await page.goto(`${server.url}/book`)
      await page.waitForSelector('#coverage')
      expect(await rowsOf('#coverage')).toEqual([
        'alpha · Aave v3 5 to 1,200 1,200 $9,000.00 $300.00',
        'beta last indexed block 7 is too old unknown unknown unknown',
      ])
      expect(await text('#coverage ul')).toContain('has no adapter for morpho-blue')
    })

    it('follows the axis in the URL, and warns when totals do not agree', async () => {
      playBook({ reconciles: { equal: false, markets: [{ equal: true }, { equal: false }] } })
      await page.goto(`${server.url}/book#by=chain`)
      await page.waitForSelector('#concentration')
      expect(await text('#concentration h2')).toBe('Where 1,234 accounts have it, by chain')
      await page.locator('#by').selectOption('issuer')
      await expect.poll(() => text('#concentration h2')).toBe('Where 1,234 accounts have it, by issuer')
      expect(page.url()).toContain('#by=issuer')
      expect(await text('#book-proof .warning')).toContain('1 of 2 markets’ totals differ')
    })
  })
})
