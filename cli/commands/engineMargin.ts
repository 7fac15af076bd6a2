import { readFileSync } from 'node:fs'
import { EngineError, margin } from '../../engine/index'
import type { MarginInput } from '../../engine/types'
import { UsageError } from '../UsageError'
import { isObject } from '../vectors/json'

const STANDARD_INPUT = 0

function readJson(source: string): unknown {
  try {
    return JSON.parse(readFileSync(source === '-' ? STANDARD_INPUT : source, 'utf8'))
  } catch (error) {
    throw new UsageError(`${source}: ${(error as Error).message}; name a readable JSON file, or - for standard input`)
  }
}

/**
 * `crossmargin engine margin FILE|-`: the margin report of `{input}` (or of the bare input) as one line of JSON.
 * @returns 0
 * @throws UsageError for an unreadable file or an input which the engine refuses, naming the JSON pointer.
 */
export async function runEngineMargin(args: string[]): Promise<number> {
  const [source, ...rest] = args
  if (source === undefined || rest.length > 0) throw new UsageError('usage: npm run engine -- margin FILE|-')
  const parsed = readJson(source)
  const input = isObject(parsed) && 'input' in parsed ? parsed.input : parsed
  try {
    process.stdout.write(`${JSON.stringify(margin(input as MarginInput))}\n`)
    return 0
  } catch (error) {
    if (error instanceof EngineError) throw new UsageError(`${source} ${error.message}`)
    throw error
  }
}
