import { mkdirSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { assertPortFree } from '../processes/assertPortFree'
import { readRunFile } from '../processes/runFile'
import type { Settings } from '../settings'
import { type Finding, finding, reasonOf } from './finding'

const gigabyte = 1024 ** 3
const scarceGigabytes = 5
const leastGigabytes = 0.5

/** Disk space for the database and the port of the API. */
export async function checkMachine({ dataDirectory, host, port }: Settings): Promise<Finding[]> {
  return [await checkDisk(dataDirectory), await checkPort(host, port, dataDirectory)]
}

async function checkDisk(directory: string): Promise<Finding> {
  const subject = `disk of ${directory}`
  try {
    mkdirSync(directory, { recursive: true, mode: 0o755 })
    const { bavail, bsize } = await statfs(directory)
    const free = (bavail * bsize) / gigabyte
    const words = `${free.toFixed(1)} GB free`
    if (free < leastGigabytes) return finding('error', subject, `${words}; the database needs more, free some`)
    if (free < scarceGigabytes) return finding('warning', subject, `${words}; a chain's history takes several`)
    return finding('ok', subject, words)
  } catch (error) {
    return finding('error', subject, `${reasonOf(error)}; set CROSSMARGIN_DATA_DIR to a writable folder`)
  }
}

async function checkPort(host: string, port: number, dataDirectory: string): Promise<Finding> {
  const subject = `port ${port}`
  try {
    await assertPortFree(port, host)
    return finding('ok', subject, 'free')
  } catch (error) {
    if (readRunFile(dataDirectory)?.api?.port === port) return finding('ok', subject, 'served by the running product')
    return finding('warning', subject, reasonOf(error))
  }
}
