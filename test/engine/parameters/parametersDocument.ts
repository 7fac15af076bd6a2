import { shippedParameters } from '../../../engine/index'
import type { ParameterSet } from '../../../engine/types'

/** A number of a set with its JSON pointer and the source that covers it. */
export interface SourcedNumber {
  readonly pointer: string
  readonly value: number
  readonly source: string | null
}

function numbersIn(value: unknown, pointer: string): readonly (readonly [string, number])[] {
  if (typeof value === 'number') return [[pointer, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, `${pointer}/${key}`))
}

/** Every number of a set with the source of the longest prefix that names it. */
export function sourcedNumbers(set: ParameterSet): readonly SourcedNumber[] {
  const prefixes = Object.keys(set.sources).sort((one, other) => other.length - one.length)
  return numbersIn({ ...set, sources: {} }, '').map(([pointer, value]) => {
    const prefix = prefixes.find((candidate) => pointer === candidate || pointer.startsWith(`${candidate}/`))
    return { pointer, value, source: prefix === undefined ? null : (set.sources[prefix] as string) }
  })
}

function section(set: ParameterSet): string {
  const rows = sourcedNumbers(set)
    .filter(({ pointer }) => !pointer.startsWith('/scenarioSets') && !pointer.startsWith('/stress/crashes'))
    .map(({ pointer, value, source }) => `| \`${pointer}\` | ${value} | ${source} |`)
  const sets = Object.entries(set.scenarioSets).map(([name, { scenarios }]) => {
    const tails = scenarios.filter(({ weight }) => weight < 1)
    const moves = scenarios.map(({ price }) => price - 1)
    const range = `${(100 * Math.min(...moves)).toFixed(0)} % to ${(100 * Math.max(...moves)).toFixed(0)} %`
    return `| \`${name}\` | ${scenarios.length} | ${range} | ${tails.length} |`
  })
  return `## ${set.id} (${set.version})

| scenario set | scenarios | price moves | weighted tails |
| --- | --- | --- | --- |
${sets.join('\n')}

| parameter | value | source |
| --- | --- | --- |
${rows.join('\n')}
`
}

function crashes(set: ParameterSet): string {
  const rows = (set.stress?.crashes ?? []).flatMap(({ id, moves, ratio }) => [
    ...moves.map(({ factor, move, cited, venueOnly }) => {
      const standing = cited ? 'cited' : 'assumption'
      return `| ${id} | ${factor} | ${(100 * move).toFixed(2)} % | ${standing}${venueOnly ? ', one venue only, not applied' : ''} |`
    }),
    ...(ratio === null
      ? []
      : [
          `| ${id} | wrapped ÷ underlying | ${(100 * ratio.move).toFixed(2)} % | ${ratio.cited ? 'cited' : 'assumption'} |`,
        ]),
  ])
  return `## Named crashes of ${set.id}

| crash | factor | move | standing |
| --- | --- | --- | --- |
${rows.join('\n')}
`
}

/** `docs/parameters.md`, from the data. */
export function parametersDocument(): string {
  const sets = [...shippedParameters.values()]
  const house = sets.filter(({ id }) => id === 'house-1')
  return [
    '# Parameters',
    '',
    'Generated from the shipped parameter sets (`engine/parameters/`); a test keeps page and data equal. A parameter whose source is an',
    'assumption is to be calibrated before money rests on it.',
    '',
    ...sets.map(section),
    ...house.map(crashes),
  ].join('\n')
}
