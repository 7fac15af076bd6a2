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

interface Tally {
  readonly passed: number
  readonly failed: number
  readonly gap: number
}

/** Prints a line for the group and, on stderr, what failed. */
function report(name: string, results: readonly Result[]): Tally {
  const bad = results.filter(({ failures }) => failures.length > 0)
  for (const { id, failures } of bad) process.stderr.write(`${id} failed\n  ${failures.join('\n  ')}\n`)
  const gap = results.reduce((worst, result) => Math.max(worst, result.gap), 0)
  const passed = results.length - bad.length
  process.stdout.write(`${name}: ${passed} matched, ${bad.length} failed, worst gap ${gap.toExponential(1)}\n`)
  return { passed, failed: bad.length, gap }
}

/** Whether the script computes the committed cases; without Python nothing can be said and the cases stand as they are. */
function regenerated(root: string): Tally {
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
  return { passed: 0, failed: missing || status === 0 ? 0 : 1, gap: 0 }
}

function readGolden(path: string): GoldenFile {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new UsageError(`${path} cannot be read as golden cases: ${(error as Error).message}`)
  }
}

function judgeFile(name: string, { parameterSets, cases, lookThrough }: GoldenFile): readonly Tally[] {
  const accounts = cases.map((golden) =>
    judged(golden.id, () => judgeCase(marginFigures(golden, parameterSets[golden.input.parameters]!))),
  )
  const claims = lookThrough.map(({ id, input, expected }) =>
    judged(id, () => {
      const failures = differences(lookThroughAnswer(input), expected)
      return { gap: failures.length > 0 ? Number.POSITIVE_INFINITY : 0, failures }
    }),
  )
  return [report(`${name} accounts`, accounts), report(`${name} look-through`, claims)]
}

/**
 * `crossmargin golden [FILE…]`: holds the engine to accounts whose every step was computed by an independent script. Without files these
 * are the committed cases, which are then held to that script as well.
 *
 * @param root folder of the project.
 * @returns 0 when everything matches, 1 otherwise.
 * @throws UsageError for an option, or a file that is not one of golden cases.
 */
export async function runGolden(args: string[], root = projectRoot()): Promise<number> {
  const option = args.find((argument) => argument.startsWith('-'))
  if (option !== undefined) throw new UsageError(`golden has no option ${option}; it takes files of cases, or nothing`)
  const tallies =
    args.length > 0
      ? args.flatMap((file) => judgeFile(file, readGolden(file)))
      : [...judgeFile(CASES, readGolden(join(root, CASES))), regenerated(root)]
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0)
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0)
  const gap = tallies.reduce((worst, tally) => Math.max(worst, tally.gap), 0)
  process.stdout.write(`${passed} passed, ${failed} failed, worst gap ${gap.toExponential(1)}\n`)
  return failed === 0 ? 0 : 1
}
