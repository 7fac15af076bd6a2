import { element } from './element'

/** A titled part of the answer. `note` is one line under the title, in words. */
export function panel(id: string, title: string, note: string | null, ...children: readonly Node[]): HTMLElement {
  return element(
    'section',
    { class: 'panel', id, 'data-key': id, 'aria-labelledby': `${id}-title` },
    element(
      'header',
      {},
      element('h2', { id: `${id}-title` }, title),
      note === null ? null : element('p', { class: 'note' }, note),
    ),
    ...children,
  )
}
