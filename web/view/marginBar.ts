import type { MarginAnswer } from '../api/answer'
import { shareOf } from '../format/decimal'
import { element } from './element'
import { percentLength, svg } from './svg'

/** The balance as a bar, with what maintenance and initial margin need marked on it. The figures themselves stand below it in words. */
export function marginBar({ marginBalance, initialMargin, maintenanceMargin }: MarginAnswer): HTMLElement {
  const known = [marginBalance, initialMargin, maintenanceMargin].filter((value) => typeof value === 'string')
  const longest = known.reduce((best, value) => (Number(value) > Number(best) ? value : best), '0')
  if (known.length < 3 || !(Number(longest) > 0))
    return element('div', { class: 'margin-bar empty', 'aria-hidden': 'true' })
  const at = (value: unknown) => percentLength(shareOf(String(value), longest) * 0.97)
  const mark = (value: unknown, name: string) =>
    svg('line', { class: `mark ${name}`, x1: at(value), x2: at(value), y1: '0', y2: '100%' })
  return element(
    'div',
    { class: 'margin-bar', 'aria-hidden': 'true' },
    svg(
      'svg',
      { width: '100%', height: '28', preserveAspectRatio: 'none' },
      svg('rect', { class: 'track', x: '0', y: '9', width: '100%', height: '10', rx: '5' }),
      svg('rect', { class: 'fill', x: '0', y: '9', width: at(marginBalance), height: '10', rx: '5' }),
      mark(maintenanceMargin, 'maintenance'),
      mark(initialMargin, 'initial'),
    ),
    element(
      'p',
      { class: 'legend' },
      element('span', { class: 'key balance' }, 'balance'),
      element('span', { class: 'key maintenance' }, 'maintenance margin'),
      element('span', { class: 'key initial' }, 'initial margin'),
    ),
  )
}
