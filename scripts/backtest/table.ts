import { methods } from './methods'
import { regimes, simulate } from './regimes'
import { type Backtest, runBacktest, WINDOW } from './runBacktest'

const DAYS = 1500
export const SEED = 1

interface Row {
  readonly regime: string
  readonly method: string
  readonly result: Backtest
}

/** Every method under every regime, on one seed. */
export function backtestRows(seed: number): Row[] {
  return regimes.flatMap((regime) => {
    const returns = simulate(regime, WINDOW + DAYS, seed)
    return methods.map((method) => ({ regime: regime.id, method: method.id, result: runBacktest(returns, method) }))
  })
}

/** The figures as a Markdown table. */
export function resultsTable(rows: readonly Row[]): string {
  const percent = (x: number) => `${(100 * x).toFixed(2)} %`
  return markdown(
    [
      'regime',
      'method',
      'exceptions',
      'Kupiec p',
      'independence p',
      'Z₂',
      'worst 250 days',
      'mean ES',
      'largest 30-day rise',
      'verdict',
    ],
    rows.map(({ regime, method, result }) => [
      regime,
      method,
      `${result.exceptions} of ${result.days}`,
      result.coverage.toFixed(4),
      result.independence.toFixed(4),
      result.shortfall.statistic.toFixed(2),
      `${result.worstYear.exceptions}, ${result.worstYear.zone}, × ${result.worstYear.multiplier}`,
      percent(result.meanShortfall),
      `× ${result.largestRise.toFixed(2)}`,
      result.breaches.length === 0 ? 'accepted' : `**rejected**: ${result.breaches.join(', ')}`,
    ]),
  )
}

/** In how many of the runs each method was accepted, by regime. */
export function acceptanceTable(runs: readonly (readonly Row[])[]): string {
  const accepted = (regime: string, method: string) =>
    runs.flat().filter((row) => row.regime === regime && row.method === method && row.result.breaches.length === 0)
      .length
  return markdown(
    ['regime', ...methods.map(({ id }) => id)],
    regimes.map(({ id }) => [id, ...methods.map((method) => `${accepted(id, method.id)} of ${runs.length}`)]),
  )
}

export function regimesTable(): string {
  return markdown(
    ['regime', 'what happens'],
    regimes.map(({ id, description }) => [id, description]),
  )
}

export function methodsTable(): string {
  return markdown(
    ['method', 'outcomes of tomorrow'],
    methods.map(({ id, description }) => [id, description]),
  )
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** The text with what stands between the markers `<!-- name -->` and `<!-- /name -->` replaced. */
export function replaceSection(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [start, end] = [text.indexOf(open), text.indexOf(close)]
  if (start < 0 || end < start) throw new Error(`add the markers ${open} and ${close} to the document`)
  return `${text.slice(0, start + open.length)}\n${content}\n${text.slice(end)}`
}
