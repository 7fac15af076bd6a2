import type { MarginAnswer, Missing } from '../api/answer'
import { cleanLabel } from '../format/cleanLabel'
import { shortenHex } from '../format/shortenHex'
import { explainReason } from '../text/reasons'
import { element } from './element'
import { panel } from './panel'

/** What the figure stands without, and why. `null` when nothing is missing. */
export function missingPanel({ complete, missing }: MarginAnswer): HTMLElement | null {
  if (complete && missing.length === 0) return null
  const title = complete ? 'Left out, without making the figure incomplete' : 'This figure is incomplete'
  const note = complete
    ? 'These count zero.'
    : 'Parts of the account could not be valued. They count zero, so the true balance may be higher; it is not shown as if it were known.'
  return panel('missing', title, note, missingList(missing))
}

/** Each thing that is missing, where it is and why. */
export function missingList(missing: readonly Missing[]): HTMLElement {
  return element(
    'ul',
    { class: 'missing' },
    ...missing.map((item) =>
      element(
        'li',
        { 'data-key': `${item.scope}:${item.chain}:${item.id}:${item.reasonCode}` },
        element('strong', {}, whereOf(item)),
        ' ',
        explainReason(item.reasonCode),
        item.detail === null || item.detail === undefined
          ? null
          : element('span', { class: 'detail' }, ` ${cleanDetail(item.detail)}`),
        ' ',
        element('code', {}, item.reasonCode),
      ),
    ),
  )
}

function whereOf({ scope, chain, id }: Missing): string {
  const name =
    scope === 'chain'
      ? `Chain ${cleanLabel(id)}`
      : `${scope.charAt(0).toUpperCase()}${scope.slice(1)} ${readableId(id)}`
  return scope === 'chain' || chain === null ? `${name}.` : `${name} on ${cleanLabel(chain)}.`
}

function readableId(id: string): string {
  return cleanLabel(id.replace(/0x[0-9a-fA-F]{20,}/g, shortenHex))
}

function cleanDetail(detail: string): string {
  return detail.length > 300 ? `${detail.slice(0, 300)}…` : detail
}
