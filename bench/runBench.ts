import { benchEngine } from './engine/benchEngine'
import { benchFreshness } from './freshness/benchFreshness'
import { benchHistory } from './history/benchHistory'
import { benchIndexing } from './indexing/benchIndexing'
import { benchRisk } from './risk/benchRisk'
import { benchTip } from './tip/benchTip'
import type { BenchRow } from './types'

const benches: Readonly<Record<string, (log: (line: string) => void) => Promise<readonly BenchRow[]>>> = {
  engine: benchEngine,
  freshness: benchFreshness,
  history: benchHistory,
  indexing: benchIndexing,
  risk: benchRisk,
  tip: benchTip,
}

/** `bench NAME…`: rows and a verdict on stdout, progress on stderr. Exit code 0 when every bar held, 1 when one did not, 2 for an unknown name. */
export async function runBench(args: readonly string[]): Promise<number> {
  const unknown = args.filter((name) => !(name in benches))
  if (args.length === 0 || unknown.length > 0) {
    console.error(`bench takes one or more of: ${Object.keys(benches).join(' ')}`)
    return 2
  }
  let failures = 0
  for (const name of args) {
    const rows = await benches[name]!((line) => console.error(line))
    const verdicts = rows.map((row) => ({
      row,
      ratio: row.value / row.anchor,
      held: row.value / row.anchor >= row.bar,
    }))
    for (const { row, ratio, held } of verdicts) {
      console.log(
        [row.metric, round(row.value), round(row.anchor), ratio.toFixed(3), row.bar, held ? 'pass' : 'fail'].join(' '),
      )
    }
    const failed = verdicts.filter(({ held }) => !held).length
    console.log(`bench ${name}: ${verdicts.length - failed} passed, ${failed} failed`)
    failures += failed
  }
  return failures === 0 ? 0 : 1
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3)
}
