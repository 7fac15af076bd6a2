import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import PQueue from 'p-queue'
import { missedBars } from '../../simulator/bars'
import { runMutations } from '../../simulator/mutations/runMutations'
import { rememberSeed } from '../../simulator/rememberedSeeds'
import { describeFinding, describeRun, isFinding, summarise } from '../../simulator/report'
import type { SeedReport } from '../../simulator/runSeed'
import { describeTrace } from '../../simulator/shrink/describeTrace'
import { replay } from '../../simulator/shrink/replay'
import { shrink } from '../../simulator/shrink/shrink'
import { simulate } from '../../simulator/simulate'
import type { Trace } from '../../simulator/trace'
import { projectRoot } from '../projectRoot'
import { UsageError } from '../UsageError'

type Options = ReturnType<typeof readOptions>

/**
 * `npm run simulate`: random walks on real contracts, every block's figures over HTTP compared with view functions.
 * `--tip` begins the index at the tip of chains that have seen something already. `--mutations` asks whether it would
 * find mistakes, `--replay FILE` repeats a trace.
 * @returns 0 when nothing drifted, every action came often enough (and every mutation was found), 1 otherwise.
 */
export async function runSimulate(args: string[]): Promise<number> {
  const options = readOptions(args)
  if (options.replay !== undefined) return replayFile(options.replay)
  return options.mutations ? huntMutations(options) : walk(options)
}

async function walk(options: Options): Promise<number> {
  const queue = new PQueue({ concurrency: options.atOnce })
  const codes = await queue.addAll(options.seeds.map((seed) => () => walkSeed(seed, options)))
  return Math.max(...codes)
}

async function walkSeed(seed: number, options: Options): Promise<number> {
  const { operations, chains, audit, tip } = options
  const started = Date.now()
  const root = projectRoot()
  const { report, accounts } = await simulate({ seed, operations, chains, audit, tip, root, progress: console.error })
  const missed = missedBars(report, accounts)
  console.error(`seed ${seed} took ${Math.round((Date.now() - started) / 1000)} s`)
  console.log([describeRun(report, accounts), ...missed.map((line) => `  ${line}`), summarise(report)].join('\n'))
  if (isFinding(report)) await keepFinding(report, options)
  return isFinding(report) || missed.length > 0 ? 1 : 0
}

/** Makes the trace as short as it can in so many replays, writes it down, and has the tests run the seed from now on. */
async function keepFinding(report: SeedReport, options: Options): Promise<void> {
  const { operations, chains, trace, replays, tip } = options
  const { seed } = report
  const root = projectRoot()
  const file = trace ?? join(root, '.crossmargin', `simulate-seed-${seed}.json`)
  mkdirSync(dirname(file), { recursive: true })
  const write = (kept: Trace) => writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`)
  write(report.trace)
  // A replay begins with the chains.
  if (tip) return
  const shrunk = await shrink(report.trace, report, { root, replays, progress: console.error })
  if (shrunk === null) console.log('  the trace did not show it again')
  else {
    write(shrunk.trace)
    console.log(`the shortest trace found in ${replays} replays: ${describeTrace(shrunk.trace)}`)
  }
  console.log(`trace: ${file} (repeat with npm run simulate -- --replay ${file})`)
  const drift = report.drifts[0]
  const block = drift === undefined ? null : Number(drift.block)
  rememberSeed(root, { seed, operations, chains, block, found: describeFinding(report)[0]!.trim() })
}

async function replayFile(file: string): Promise<number> {
  const finding = await replay(readTrace(file), { root: projectRoot(), progress: console.error })
  for (const line of describeFinding(finding)) console.log(line)
  console.log(`replay ${file}: ${isFinding(finding) ? 'it drifts' : 'it does not drift'}`)
  return isFinding(finding) ? 1 : 0
}

function readTrace(file: string): Trace {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Trace
  } catch (error) {
    throw new UsageError(`${file} is not a trace (${(error as Error).message}): give a file written by --trace`)
  }
}

async function huntMutations({ seeds, operations, chains, only }: Options): Promise<number> {
  const root = projectRoot()
  const results = await runMutations({
    ...{ root, seeds, operations, chains, only },
    progress: console.error,
    report: ({ name, foundBySeed, operations: walked, figure, silences }) => {
      console.log(
        foundBySeed === null
          ? `  MISSED  ${name} (${walked} operations)`
          : `  found   ${name}: seed ${foundBySeed}, ${walked} operations, ${figure}`,
      )
      for (const silence of silences) console.log(`          no answer, which finds nothing: ${silence.slice(0, 200)}`)
    },
  })
  const found = results.filter(({ foundBySeed }) => foundBySeed !== null).length
  console.log(`mutations: ${found} of ${results.length} found`)
  return found === results.length ? 0 : 1
}

function readOptions(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string' },
      ops: { type: 'string' },
      chains: { type: 'string', default: '2' },
      'at-once': { type: 'string', default: String(Math.min(availableParallelism(), 2)) },
      trace: { type: 'string' },
      replay: { type: 'string' },
      replays: { type: 'string', default: '16' },
      audit: { type: 'boolean', default: false },
      mutations: { type: 'boolean', default: false },
      tip: { type: 'boolean', default: false },
      only: { type: 'string' },
    },
  })
  const seed = values.seed ?? (values.mutations ? '1..2' : '1')
  const range = /^(\d+)(?:\.\.(\d+))?$/.exec(seed)
  if (range === null)
    throw new UsageError(`--seed ${seed} is not a seed: give a whole number, or a range such as 1..20`)
  const first = Number(range[1])
  const last = Number(range[2] ?? range[1])
  return {
    seeds: Array.from({ length: last - first + 1 }, (_, index) => first + index),
    operations: wholeNumber('ops', values.ops ?? (values.mutations ? '150' : '500')),
    chains: wholeNumber('chains', values.chains),
    atOnce: wholeNumber('at-once', values['at-once']),
    replays: wholeNumber('replays', values.replays),
    trace: values.trace,
    replay: values.replay,
    audit: values.audit,
    mutations: values.mutations,
    tip: values.tip,
    only: values.only,
  }
}

function wholeNumber(flag: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text))
    throw new UsageError(`--${flag} ${text} is not a whole number above 0: give one, such as 2`)
  return Number(text)
}
