import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const candidates = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
]

/** Where Chromium is installed; `undefined` when it is not. */
export const chromiumPath = [process.env.CHROMIUM_PATH ?? '', ...candidates].find(
  (path) => path !== '' && existsSync(path),
)

/** Tells people why browser tests are skipped and how to have them run. */
export function sayWhenChromiumIsAbsent(): void {
  if (chromiumPath === undefined)
    console.warn(
      'Browser tests are skipped: no Chromium found. Install it (apt-get install chromium) or set CHROMIUM_PATH.',
    )
}

export function launchChromium(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('Chromium is not installed')
  return chromium.launch({
    executablePath: chromiumPath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
