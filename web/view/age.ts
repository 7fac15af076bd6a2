import { formatAge } from '../format/formatAge'
import { element } from './element'

/** How long ago an instant was, ticking; `now` is the server's clock. An instant that cannot be read is said to be unknown. */
export function age(instant: string, now: number): HTMLElement {
  const since = Date.parse(instant)
  if (Number.isNaN(since)) return element('span', { class: 'unknown' }, 'of unknown age')
  return element('time', { class: 'age', datetime: instant, 'data-since': String(since) }, formatAge(now - since))
}

/** Moves every age under `root` on to `now`. */
export function tickAges(root: ParentNode, now: number): void {
  for (const node of root.querySelectorAll<HTMLElement>('time[data-since]')) {
    node.textContent = formatAge(now - Number(node.dataset.since))
  }
}
