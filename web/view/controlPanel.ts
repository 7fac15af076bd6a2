import type { Agreement, MarginAnswer } from '../api/answer'
import { cleanLabel } from '../format/cleanLabel'
import { controlName, protocolName } from '../text/names'
import { element } from './element'
import { usd } from './figures'
import { panel } from './panel'
import { table } from './table'

/** How much of the credit the venue could lay hands on, and by which agreements. `null` in answers of older services. */
export function controlPanel(answer: MarginAnswer): HTMLElement | null {
  const { venue = null, agreements = [], indicativeCredit, noticeCredit, enforceableCredit, collateralCredit } = answer
  if (indicativeCredit === undefined) return null
  const rows = [
    { key: 'none', cells: [controlName('none'), usd(indicativeCredit, 'down')] },
    { key: 'notice', cells: [controlName('notice'), usd(noticeCredit, 'down')] },
    { key: 'enforceable', cells: [controlName('enforceable'), usd(enforceableCredit, 'down')] },
    { key: 'all', cells: ['Collateral credit', usd(collateralCredit, 'down')], class: 'total' },
  ]
  return panel(
    'control',
    venue === null ? 'What a venue could rely on' : `What ${cleanLabel(venue)} could rely on`,
    note(venue, agreements),
    table(
      'Collateral credit by what the venue can do',
      [{ title: 'Control' }, { title: 'Credit', numeric: true }],
      rows,
    ),
    ...(agreements.length === 0 ? [] : [agreementList(agreements)]),
  )
}

function agreementList(agreements: readonly Agreement[]): HTMLElement {
  return element(
    'ul',
    { class: 'agreements' },
    ...agreements.map((agreement) => element('li', {}, sentence(agreement))),
  )
}

function note(venue: string | null, agreements: readonly Agreement[]): string {
  if (venue === null) return 'No venue is named: whoever asks can only watch. Name one above.'
  if (agreements.length === 0) return 'Nothing was agreed with this venue: it can only watch.'
  return 'By what account and venue have agreed. A loan that the venue may unwind counts with its equity, not only with what could be taken out.'
}

function sentence({ chain, protocol, control, unwindable, since }: Agreement): string {
  const place = `${protocol === '*' ? 'everything' : protocolName(protocol)} on ${chain === '*' ? 'every chain' : cleanLabel(chain)}`
  return `${place}: ${controlName(control)}${unwindable ? ', and may repay its loans' : ''}, since ${since}`
}
