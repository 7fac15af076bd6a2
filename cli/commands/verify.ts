import { readFileSync } from 'node:fs'
import { type Verification, verifyAnswer } from '../../src/api/verify/verifyAnswer'
import { UsageError } from '../UsageError'

const STANDARD_INPUT = 0

function readText(source: string): string {
  try {
    return readFileSync(source === '-' ? STANDARD_INPUT : source, 'utf8')
  } catch (error) {
    throw new UsageError(`${source}: ${(error as Error).message}; name a readable file, or - for standard input`)
  }
}

/** Why it was refused, in words for whoever ran the command. */
function explain(verification: Exclude<Verification, { kind: 'verified' }>): string {
  if (verification.kind === 'unreadable') return `not an answer as the API writes it: ${verification.reason}`
  switch (verification.pointer) {
    case '/facts':
      return 'nothing can be computed from its facts; ask the API with include=facts'
    case '/stateHash':
      return 'the hash of its facts, instant, parameters and request is another one'
    default:
      return 'its facts give another value here'
  }
}

/**
 * `crossmargin verify FILE|-`: computes an answer again from the facts it carries, without database or network.
 * @returns 0 when every field is what the facts give; 1 when not, naming the JSON pointer of the first that differs.
 * @throws UsageError when called wrongly or the file cannot be read.
 */
export async function runVerify(args: string[]): Promise<number> {
  const [source, ...rest] = args
  if (source === undefined || rest.length > 0) throw new UsageError('usage: crossmargin verify FILE|-')
  const verification = verifyAnswer(readText(source))
  if (verification.kind === 'verified') {
    const { question, cut, parametersVersion, figures, stateHash } = verification
    process.stderr.write(
      `${question.kind} of ${question.request.addresses.join(', ') || 'no address'} at ${cut}, finality ${question.finality}, ` +
        `parameters ${parametersVersion}: ${figures} values computed again from the facts, all equal\n`,
    )
    process.stdout.write(`verified ${stateHash}\n`)
    return 0
  }
  process.stderr.write(`${explain(verification)}\n`)
  process.stdout.write(`differs at ${verification.pointer}\n`)
  return 1
}
