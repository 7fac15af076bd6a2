import type { Figure } from '../api/answer'
import type { Rounding } from '../format/decimal'
import { formatPrice } from '../format/formatPrice'
import { formatFactor, formatPercent } from '../format/formatRatio'
import { formatUsd } from '../format/formatUsd'
import { element } from './element'

/** An amount of USD; the exact figure is in its title. Unknown is written as unknown, with the reason when there is one. */
export function usd(value: Figure, rounding: Rounding, reason?: string): HTMLElement {
  if (value === null || value === undefined) return unknown(reason)
  return element('span', { class: 'figure', title: `${value} USD` }, formatUsd(value, rounding))
}

/** The price of one unit. */
export function price(value: Figure, rounding: Rounding, reason?: string): HTMLElement {
  if (value === null || value === undefined) return unknown(reason)
  return element('span', { class: 'figure', title: `${value} USD` }, formatPrice(value, rounding))
}

export function percent(value: Figure, rounding: Rounding, reason?: string): HTMLElement {
  if (value === null || value === undefined) return unknown(reason)
  return element('span', { class: 'figure', title: value }, formatPercent(value, rounding))
}

export function factor(value: Figure, rounding: Rounding, reason?: string): HTMLElement {
  if (value === null || value === undefined) return unknown(reason)
  return element('span', { class: 'figure', title: value }, formatFactor(value, rounding))
}

export function unknown(reason?: string): HTMLElement {
  if (reason === undefined) return element('span', { class: 'unknown' }, 'unknown')
  return element('span', { class: 'unknown' }, 'unknown', element('span', { class: 'why' }, ` · ${reason}`))
}
