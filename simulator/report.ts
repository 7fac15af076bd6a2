import type { Finding, SeedReport } from './runSeed'
import type { Drift } from './types'

/** The largest difference among drifts that are whole numbers; 1 for one that is not a number at all. */
export function largestDrift(drifts: readonly Drift[]): bigint {
  let largest = 0n
  for (const drift of drifts) {
    const size = differenceOf(drift)
    if (size > largest) largest = size
  }
  return largest
}

function differenceOf({ expected, actual }: Drift): bigint {
  if (!/^-?\d+$/.test(expected) || !/^-?\d+$/.test(actual)) return 1n
  const difference = BigInt(expected) - BigInt(actual)
  return difference < 0n ? -difference : difference
}

export const isFinding = ({ drifts, failure }: Finding) => drifts.length > 0 || failure !== null

const shownDrifts = 20

/** What a run brought to light, a line each. */
export function describeFinding({ drifts, failure }: Finding): string[] {
  return [
    ...drifts
      .slice(0, shownDrifts)
      .map(
        ({ chain, block, account, figure, expected, actual }) =>
          `  ${chain}:${block} ${account ?? 'market'} ${figure}: contracts say ${expected}, the API says ${actual}`,
      ),
    ...(failure === null ? [] : [`  ${failure.chain}: ${failure.message}`]),
  ]
}

/** What happened in a run, for people: counts per action, reorgs, restarts, and what it found if it found anything. */
export function describeRun(report: SeedReport, accounts: number): string {
  const counts = [...report.perAction]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([action, count]) => `  ${String(count).padStart(5)}  ${action}`)
  return [
    ...counts,
    `  ${accounts} accounts, ${report.checkedBlocks} checked blocks, ${report.reorgs} reorgs, ${report.restarts} restarts`,
    ...describeFinding(report),
  ].join('\n')
}

/** The one line others read. A product that stopped answering has no largest drift. */
export function summarise(report: SeedReport): string {
  const drift = report.failure === null ? `${largestDrift(report.drifts)}` : 'unknown'
  return `seed ${report.seed}: ${report.operations} operations, ${report.blocks} blocks, ${report.checks} checks, max drift ${drift} wei`
}
