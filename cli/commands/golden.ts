import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { differences } from '../golden/differences'
import type { GoldenFile } from '../golden/goldenFile'
import { type Judgement, judgeCase } from '../golden/judgeCase'
import { lookThroughAnswer } from '../golden/lookThroughAnswer'
import { marginFigures } from '../golden/marginFigures'
import { projectRoot } from '../projectRoot'
import { UsageError } from '../UsageError'

const CASES = 'test/golden/cases.json'
const SCRIPT = 'scripts/golden/golden.py'
const PYTHON_LIMIT_MS = 120_000

interface Result extends Judgement {
  readonly id: string
}

function judged(id: string, judge: () => Judgement): Result {
  try {
    return { id, ...judge() }
  } catch (error) {
    return { id, gap: Number.POSITIVE_INFINITY, failures: [(error as Error).message] }
  }
}

/** Prints a line for the group and, on stderr, what failed. */
function report(name: string, results: readonly Result[]): boolean {
  const failed = results.filter(({ failures }) => failures.length > 0)
  for (const { id, failures } of failed) process.stderr.write(`${id} failed\n  ${failures.join('\n  ')}\n`)
  const worst = results.reduce((gap, result) => Math.max(gap, result.gap), 0)
  const matched = results.length - failed.length
  process.stdout.write(`${name}: ${matched} matched, ${failed.length} failed, worst gap ${worst.toExponential(1)}\n`)
  return failed.length === 0
}

/** Whether the script computes the committed cases; without Python nothing can be said and the cases stand as they are. */
function regenerated(root: string): boolean {
  const { status, error } = spawnSync('python3', ['-B', join(root, SCRIPT), '--check', join(root, CASES)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: PYTHON_LIMIT_MS,
  })
  const missing = (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT'
  const outcome = missing
    ? 'not computed again: python3 was not found'
    : status === 0
      ? 'as computed'
      : 'NOT as computed'
  process.stdout.write(`${CASES}: ${outcome}${missing ? '' : ` by ${SCRIPT}`}\n`)
  return missing || status === 0
}

/**
 * `crossmargin golden`: holds the engine to accounts whose every step was computed by an independent script, and the committed file
 * to that script.
 *
 * @param root folder of the project.
 * @returns 0 when everything matches, 1 otherwise.
 * @throws UsageError with arguments; there are none.
 */
export async function runGolden(args: string[], root = projectRoot()): Promise<number> {
  if (args.length > 0) throw new UsageError('golden takes no arguments; the cases are in test/golden/cases.json')
  const { parameterSets, cases, lookThrough }: GoldenFile = JSON.parse(readFileSync(join(root, CASES), 'utf8'))
  const accounts = cases.map((golden) =>
    judged(golden.id, () => judgeCase(marginFigures(golden, parameterSets[golden.input.parameters]!))),
  )
  const claims = lookThrough.map(({ id, input, expected }) =>
    judged(id, () => {
      const failures = differences(lookThroughAnswer(input), expected)
      return { gap: failures.length > 0 ? Number.POSITIVE_INFINITY : 0, failures }
    }),
  )
  const outcomes = [report('accounts', accounts), report('look-through', claims), regenerated(root)]
  return outcomes.every(Boolean) ? 0 : 1
}
