import type { MarginAnswer, StatusAnswer } from '../api/answer'
import { chainsPanel } from './chainsPanel'
import { controlPanel } from './controlPanel'
import { element } from './element'
import { figurePanel } from './figurePanel'
import { holdingsPanel } from './holdingsPanel'
import { lendingPanel } from './lendingPanel'
import { missingPanel } from './missingPanel'
import { outlookPanel } from './outlookPanel'
import { requirementPanel } from './requirementPanel'
import { sourcesPanel } from './sourcesPanel'
import { splitPanel } from './splitPanel'
import { waterfallPanel } from './waterfallPanel'

/** One account's answer, from the figure down to what it can be checked against. */
export function answerView(answer: MarginAnswer, status: StatusAnswer | null, now: number): HTMLElement {
  return element(
    'article',
    { class: 'answer', 'data-key': answer.account },
    element('p', { class: 'account' }, 'Account ', element('code', {}, answer.account)),
    missingPanel(answer),
    figurePanel(answer),
    controlPanel(answer),
    chainsPanel(answer, status, now),
    splitPanel(answer),
    lendingPanel(answer),
    outlookPanel(answer),
    waterfallPanel(answer),
    requirementPanel(answer),
    holdingsPanel(answer),
    sourcesPanel(answer),
  )
}
