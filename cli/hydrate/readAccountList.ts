import { readFileSync } from 'node:fs'
import type { Address } from 'viem'
import { UsageError } from '../UsageError'

/**
 * The accounts of a CSV file: the first column, one per line, each once. A first line without an address is a heading.
 * @throws UsageError when the file cannot be read, names the line that is no address, or holds none.
 */
export function readAccountList(file: string): readonly Address[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`)
  }
  const lines = text.split(/\r?\n/).map((line, index) => ({ number: index + 1, entry: firstColumn(line) }))
  const listed = lines.filter(({ entry, number }) => entry !== '' && (number > 1 || isAddress(entry)))
  const wrong = listed.find(({ entry }) => !isAddress(entry))
  if (wrong !== undefined)
    throw new UsageError(
      `${file}, line ${wrong.number}: "${wrong.entry}" is no address; give one per line, first column`,
    )
  if (listed.length === 0) throw new UsageError(`${file} lists no account; give one address per line, first column`)
  return [...new Set(listed.map(({ entry }) => entry.toLowerCase() as Address))]
}

function firstColumn(line: string): string {
  return line
    .split(/[,;\t]/)[0]!
    .trim()
    .replace(/^"(.*)"$/, '$1')
}

function isAddress(text: string): boolean {
  return /^0x[0-9a-fA-F]{40}$/.test(text)
}
