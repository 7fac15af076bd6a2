import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { UsageError } from '../UsageError'
import { isObject, type Json } from '../vectors/json'
import { type VectorKind, vectorKinds } from '../vectors/kinds'
import type { VectorResult } from '../vectors/vectorResult'

function readVectors(path: string): { readonly file: Json; readonly kind: VectorKind } {
  let parsed: unknown
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new UsageError(`${path}: ${(error as Error).message}; name a readable JSON file`)
  }
  const file = isObject(parsed) ? parsed : {}
  const kind = vectorKinds.find(({ matches }) => matches(file))
  if (kind === undefined) throw new UsageError(`${path}: no known kind of vectors; see docs/interfaces.md`)
  return { file, kind }
}

function count(results: readonly VectorResult[], status: VectorResult['status']): number {
  return results.filter((result) => result.status === status).length
}

function worstGap(results: readonly VectorResult[]): number {
  return results.reduce((worst, { gap }) => Math.max(worst, gap), 0)
}

/** Two digits are enough to see the size of a gap. */
function figure(gap: number): string {
  return Number.isFinite(gap) ? gap.toExponential(1) : 'missing'
}

/**
 * `crossmargin vectors FILE…`: checks the engine against published figures. One line per file, one summary line; what failed or was
 * skipped goes to stderr.
 * @returns 0 when nothing failed, 1 otherwise.
 * @throws UsageError without files, or for one that cannot be read.
 */
export async function runVectors(args: string[]): Promise<number> {
  if (args.length === 0)
    throw new UsageError('name at least one vector file, e.g. npm run vectors -- test/vectors/*.json')
  const read = args.map((path) => ({ path, ...readVectors(path) }))
  const all: VectorResult[] = []
  for (const { path, file, kind } of read) {
    const results = kind.check(file)
    all.push(...results)
    for (const { id, status, detail } of results) {
      if (status !== 'passed') process.stderr.write(`${basename(path)} ${id} ${status}: ${detail ?? ''}\n`)
    }
    const checked = results.length - count(results, 'skipped')
    process.stdout.write(
      `${basename(path)} ${kind.kind} ${count(results, 'passed')}/${checked} worst ${figure(worstGap(results))}\n`,
    )
  }
  const [passed, failed, skipped] = (['passed', 'failed', 'skipped'] as const).map((status) => count(all, status))
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped, worst gap ${figure(worstGap(all))}\n`)
  return failed === 0 ? 0 : 1
}
