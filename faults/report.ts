import { describeDrift } from './describeDrift'
import type { Injection } from './injectFault'
import type { FaultsReport } from './runFaults'

/** So much of a run a healthy account has to have a complete figure. */
const leastCompleteShare = 0.7

/** What did not hold, in words; nothing when everything did. */
export function missedBars(report: FaultsReport, asked: number): readonly string[] {
  const { injections, wrong, finalDrifts, completeShare, absences, unjudged } = report
  const missed: string[] = []
  for (const drift of [...wrong, ...finalDrifts].slice(0, 10)) missed.push(`wrong: ${describeDrift(drift)}`)
  if (injections.length < asked) missed.push(`only ${injections.length} of ${asked} faults were injected`)
  for (const { fault, changed, detectedBy, recoveredSeconds } of injections) {
    if (changed === 0) missed.push(`${fault.name}: it changed no answer and killed nothing`)
    if (detectedBy === null) missed.push(`${fault.name}: not detected`)
    if (recoveredSeconds === null) missed.push(`${fault.name}: not recovered from`)
  }
  if (completeShare < leastCompleteShare)
    missed.push(`complete in ${percent(completeShare)} of the run, less than ${percent(leastCompleteShare)}`)
  for (const absence of absences.slice(0, 10)) missed.push(`an unaffected chain was not in the answer: ${absence}`)
  for (const reason of unjudged.slice(0, 3)) missed.push(`an answer could not be compared: ${reason}`)
  return missed
}

/** The table of faults, in the order they came. */
export function describeFaults({ injections }: Pick<FaultsReport, 'injections'>): string {
  const rows = [['fault', 'chain', 'changed', 'lasted', 'detected in', 'by', 'recovered in'], ...injections.map(rowOf)]
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** The last line. */
export function summarise({ injections, wrong, finalDrifts }: FaultsReport): string {
  const detected = injections.filter(({ detectedBy }) => detectedBy !== null).length
  const recovered = injections.filter(({ recoveredSeconds }) => recoveredSeconds !== null).length
  return `faults: ${injections.length} injected, ${detected} detected, ${recovered} recovered, ${wrong.length + finalDrifts.length} wrong`
}

export function describeRun({ samples, checks, completeShare, absences, seconds }: FaultsReport): string {
  return `${Math.round(seconds)} s, ${samples} answers asked for, ${checks} figures compared, complete in ${percent(completeShare)} of them, ${absences.length} seconds without an unaffected chain`
}

function rowOf(injection: Injection): readonly string[] {
  const { fault, changed, detectedBy, detectedSeconds, lastedSeconds, recoveredSeconds } = injection
  return [
    fault.name,
    fault.isTotal ? 'all' : fault.chains.join(' '),
    String(changed),
    seconds(lastedSeconds),
    seconds(detectedSeconds),
    detectedBy ?? 'nothing',
    seconds(recoveredSeconds),
  ]
}

function seconds(value: number | null): string {
  return value === null ? 'never' : `${value.toFixed(1)} s`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
