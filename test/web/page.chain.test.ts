import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MarginAnswer, SeededAccount } from '../../web/api/answer'
import { isZero, subtractDecimals } from '../../web/format/decimal'
import { formatUsd } from '../../web/format/formatUsd'
import { statusText } from '../../web/text/statuses'
import { findAccessibilityFaults } from './support/accessibilityFaults'
import { chromiumPath, launchChromium, sayWhenChromiumIsAbsent } from './support/launchChromium'
import { type RunningDemo, startDemo } from './support/startDemo'

sayWhenChromiumIsAbsent()

describe.skipIf(chromiumPath === undefined)('the page, in Chromium, over the demo', () => {
  let demo: RunningDemo
  let browser: Browser
  let page: Page
  let accounts: readonly SeededAccount[]
  const faults: string[] = []

  beforeAll(async () => {
    demo = await startDemo()
    browser = await launchChromium()
    page = await browser.newPage()
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text())
    })
    page.on('request', (request) => {
      if (!request.url().startsWith(demo.url)) faults.push(`left its origin: ${request.url()}`)
    })
    accounts = ((await (await fetch(`${demo.url}/demo.json`)).json()) as { accounts: SeededAccount[] }).accounts
    await page.goto(demo.url)
  })

  afterAll(async () => {
    await browser?.close()
    await demo?.stop()
  })

  /** Opens an account by its link, and gives the answer which the page received for it. */
  async function open(address: string): Promise<MarginAnswer> {
    const received = page.waitForResponse((response) => response.url().includes(`/${address}/margin`) && response.ok())
    await page.locator(`.seeded a[href="#${address}"]`).click()
    const answer = (await (await received).json()) as MarginAnswer
    await page.waitForSelector(`article[data-key="${address.toLowerCase()}"]`)
    return answer
  }

  // biome-ignore lint/performance/useDomNodeTextContent: what a reader sees
  const text = (selector: string) => page.locator(selector).innerText()

  it('lists every seeded account', async () => {
    await page.waitForSelector('.seeded a')
    expect(accounts.length).toBeGreaterThanOrEqual(30)
    expect(await page.locator('.seeded a').count()).toBe(accounts.length)
  })

  it('shows for each of them what the API said, and steps that add up', async () => {
    const shown = new Set<string>()
    for (const { address } of accounts) {
      const answer = await open(address)
      expect(await text('#figure .amount')).toBe(formatUsd(answer.marginBalance!, 'down'))
      expect(await text('#figure .badge')).toBe(statusText(answer.status).label)
      expect(await text('#split tr.total')).toContain(formatUsd(answer.collateralCredit!, 'down'))
      expect(await page.locator('#waterfall .warning').count()).toBe(0)
      expect(await page.locator('#holdings details').count()).toBe(answer.collateral.length)
      expect(await page.locator('#lending tbody tr').count()).toBe(answer.lendingUnits.length)
      expect(isZero(subtractDecimals(answer.marginBalance!, answer.collateralCredit!))).toBe(true)
      shown.add(answer.marginBalance!)
    }
    expect(shown.size).toBeGreaterThanOrEqual(25)
  }, 180_000)

  it('stays fresh: newer blocks arrive and ages stay small', async () => {
    await open(accounts[0]!.address)
    const hash = () => text('#sources .proof div:last-child dd')
    const before = await hash()
    await expect.poll(hash, { timeout: 60_000, interval: 500 }).not.toBe(before)
    expect(await text('#chains')).toMatch(/newest block [\d,]+, \d+ s ago; limit \d+ s/)
  }, 90_000)

  it('shows all accounts together as the API adds them up', async () => {
    await page.goto(`${demo.url}/book#by=protocol`)
    await page.waitForSelector('#concentration')
    const rows = await page.locator('#concentration tbody tr:not(.total)').count()
    const answer = await (await fetch(`${demo.url}/v1/risk/concentration?by=protocol`)).json()
    expect(rows).toBe((answer as { rows: readonly unknown[] }).rows.length)
    expect(await page.locator('#top-accounts tbody tr').count()).toBe(10)
    expect(await text('#book-proof')).toContain('sum to the total exactly')
    expect(await findAccessibilityFaults(page)).toEqual([])
    await page.goto(demo.url)
    await page.waitForSelector('.seeded a')
  })

  it('has no accessibility fault and never complains', async () => {
    const [first] = accounts
    await open(first!.address)
    await page.locator('#holdings summary').first().click()
    expect(await findAccessibilityFaults(page)).toEqual([])
    expect(faults).toEqual([])
  })
})
