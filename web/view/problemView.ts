import type { ProblemText } from '../text/problems'
import { age } from './age'
import { element } from './element'

/** A problem in words. With `heldSince`, the figures below it are old ones and it says how old. */
export function problemView({ title, detail }: ProblemText, heldSince: number | null, now: number): HTMLElement {
  return element(
    'section',
    { class: 'panel problem', role: 'alert', 'data-key': 'problem' },
    element('h2', {}, title),
    element('p', {}, detail),
    heldSince === null
      ? null
      : element(
          'p',
          { class: 'held-note' },
          'What is shown below was answered ',
          age(new Date(heldSince).toISOString(), now),
          ' ago and is no longer current.',
        ),
  )
}
