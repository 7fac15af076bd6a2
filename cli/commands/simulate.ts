import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { describeRun, largestDrift, summarise } from '../../simulator/report'
import { simulate } from '../../simulator/simulate'
import { projectRoot } from '../projectRoot'
import { UsageError } from '../UsageError'

/**
 * `npm run simulate`: random walks on real contracts, every block's figures over HTTP compared with view functions.
 * @returns 0 when nothing drifted, 1 when something did.
 */
export async function runSimulate(args: string[]): Promise<number> {
  const { seeds, operations, chains, trace } = readOptions(args)
  let drifted = false
  for (const seed of seeds) {
    const started = Date.now()
    const { report, accounts } = await simulate({
      seed,
      operations,
      chains,
      root: projectRoot(),
      progress: console.error,
    })
    console.log(describeRun(report, accounts))
    console.error(`seed ${seed} took ${Math.round((Date.now() - started) / 1000)} s`)
    if (trace !== undefined) writeFileSync(trace, JSON.stringify(report.trace))
    if (largestDrift(report.drifts) > 0n) drifted = true
    console.log(summarise(report))
  }
  return drifted ? 1 : 0
}

function readOptions(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: '1' },
      ops: { type: 'string', default: '500' },
      chains: { type: 'string', default: '2' },
      trace: { type: 'string' },
    },
  })
  const range = /^(\d+)(?:\.\.(\d+))?$/.exec(values.seed)
  if (range === null)
    throw new UsageError(`--seed ${values.seed} is not a seed: give a whole number, or a range such as 1..20`)
  const first = Number(range[1])
  const last = Number(range[2] ?? range[1])
  return {
    seeds: Array.from({ length: last - first + 1 }, (_, index) => first + index),
    operations: wholeNumber('ops', values.ops),
    chains: wholeNumber('chains', values.chains),
    trace: values.trace,
  }
}

function wholeNumber(flag: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text))
    throw new UsageError(`--${flag} ${text} is not a whole number above 0: give one, such as 2`)
  return Number(text)
}
