import { appendFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { faultKinds } from '../../faults/kinds/faultKinds'
import { describeFaults, describeRun, missedBars, summarise } from '../../faults/report'
import { runFaults } from '../../faults/runFaults'
import { projectRoot } from '../projectRoot'
import { UsageError } from '../UsageError'

/**
 * `npm run faults`: the product on local chains while nodes lie, chains turn and processes die, every figure compared with the contracts.
 * @returns 0 when no figure was wrong and everything was noticed and recovered from, 1 otherwise.
 */
export async function runFaultsCommand(args: string[]): Promise<number> {
  const { logFile, ...options } = readOptions(args)
  const stopping = new AbortController()
  // The first one ends the run with the table of what there was; a second one ends at once.
  const stop = () => {
    if (stopping.signal.aborted) process.exit(1)
    stopping.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  const report = await runFaults({
    ...options,
    root: projectRoot(),
    signal: stopping.signal,
    progress: (line) => console.error(`${new Date().toISOString().slice(11, 19)} ${line}`),
    onLog: (line) => logFile !== undefined && appendFileSync(logFile, `${line}\n`),
  })
  const missed = missedBars(report, options.faults)
  console.log(describeFaults(report))
  console.log(describeRun(report))
  for (const line of missed) console.log(`  ${line}`)
  console.log(summarise(report))
  return missed.length === 0 ? 0 : 1
}

function readOptions(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: '1' },
      faults: { type: 'string', default: '40' },
      rest: { type: 'string', default: '15' },
      only: { type: 'string' },
      log: { type: 'string' },
    },
  })
  const only = values.only?.split(',')
  const unknown = only?.find((kind) => faultKinds[kind] === undefined)
  if (unknown !== undefined)
    throw new UsageError(`--only ${unknown} is no kind of fault: choose among ${Object.keys(faultKinds).join(', ')}`)
  return {
    seed: wholeNumber('seed', values.seed),
    faults: wholeNumber('faults', values.faults),
    restSeconds: wholeNumber('rest', values.rest),
    ...(only === undefined ? {} : { only }),
    logFile: values.log,
  }
}

function wholeNumber(flag: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new UsageError(`--${flag} ${text} is not a whole number: give one, such as 2`)
  return Number(text)
}
