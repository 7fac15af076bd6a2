import type { MarginAnswer } from '../api/answer'
import { cleanLabel } from '../format/cleanLabel'
import { formatPercent } from '../format/formatRatio'
import { element } from './element'
import { usd } from './figures'
import { panel } from './panel'
import { table } from './table'

/** What the requirement rests on: its parts and the scenario that costs most. `null` when the answer has no parts. */
export function requirementPanel({ components, worstScenario }: MarginAnswer): HTMLElement | null {
  if (components === undefined) return null
  const rows = [
    { key: 'scan', cells: ['Price scan', usd(components.scan, 'up')] },
    { key: 'joint', cells: ['Joint moves', components.joint === null ? 'not known' : usd(components.joint, 'up')] },
    { key: 'stress', cells: ['Named crashes', usd(components.stress, 'up')] },
    ...components.addOns.map(({ kind, amount }) => ({
      key: `add-on:${kind}`,
      cells: [`Add-on: ${cleanLabel(kind)}`, usd(amount, 'up')],
    })),
  ]
  return panel(
    'requirement',
    'What the requirement rests on',
    'The largest of the first three counts; add-ons come on top.',
    table('Parts of the initial margin', [{ title: 'Part' }, { title: 'Amount', numeric: true }], rows),
    worst(worstScenario),
  )
}

function worst(scenario: MarginAnswer['worstScenario']): HTMLElement {
  if (scenario === null || scenario === undefined)
    return element('p', { class: 'note' }, 'No scenario makes this account lose.')
  const moves = (scenario.moves ?? [])
    .map(({ riskGroup, price }) => `${cleanLabel(riskGroup)} ${signed(price)}`)
    .join(', ')
  return element(
    'p',
    { class: 'note' },
    'Worst scenario: ',
    element('strong', {}, [crashName(scenario.id), moves].filter(Boolean).join(': ') || cleanLabel(scenario.id)),
    ', which costs ',
    usd(scenario.loss, 'up'),
    '.',
  )
}

/** A named crash has its day in its id: "2020-03-12-black-thursday" is "black thursday of 2020-03-12". */
function crashName(id: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})-(.+)$/.exec(id)
  return match === null ? '' : `${cleanLabel(match[2]!.replace(/-/g, ' '))} of ${match[1]}`
}

function signed(move: string): string {
  const text = formatPercent(move, 'down')
  return text.startsWith('−') ? text : `+${text}`
}
