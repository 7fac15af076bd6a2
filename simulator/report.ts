import type { SeedReport } from './runSeed'
import type { Drift } from './types'

/** The largest difference among drifts that are whole numbers; 1 for one that is not a number at all. */
export function largestDrift(drifts: readonly Drift[]): bigint {
  return drifts.reduce((largest, drift) => {
    const size = differenceOf(drift)
    return size > largest ? size : largest
  }, 0n)
}

function differenceOf({ expected, actual }: Drift): bigint {
  if (!/^-?\d+$/.test(expected) || !/^-?\d+$/.test(actual)) return 1n
  const difference = BigInt(expected) - BigInt(actual)
  return difference < 0n ? -difference : difference
}

/** What happened in a run, for people: counts per action, reorgs, restarts, and the drifts if there are any. */
export function describeRun(report: SeedReport, accounts: number): string {
  const counts = [...report.perAction]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([action, count]) => `  ${String(count).padStart(5)}  ${action}`)
  const drifts = report.drifts
    .slice(0, 20)
    .map(
      ({ chain, block, account, figure, expected, actual }) =>
        `  ${chain}:${block} ${account ?? 'market'} ${figure}: contracts say ${expected}, the API says ${actual}`,
    )
  return [
    ...counts,
    `  ${accounts} accounts, ${report.checkedBlocks} checked blocks, ${report.reorgs} reorgs, ${report.restarts} restarts`,
    ...drifts,
    ...(report.failure === null ? [] : [`  ${report.failure.chain}: ${report.failure.message}`]),
  ].join('\n')
}

/** The one line others read. */
export function summarise(report: SeedReport): string {
  return `seed ${report.seed}: ${report.operations} operations, ${report.blocks} blocks, ${report.checks} checks, max drift ${report.failure === null ? largestDrift(report.drifts) : 'unknown'} wei`
}
