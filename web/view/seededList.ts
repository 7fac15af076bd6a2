import type { SeededAccount } from '../api/answer'
import { cleanLabel } from '../format/cleanLabel'
import { shortenHex } from '../format/shortenHex'
import { formatRoute, type Route } from '../route/route'
import { shapeName } from '../text/names'
import { element } from './element'

/** The accounts a demo was seeded with, as links. `null` when there are none. */
export function seededList(accounts: readonly SeededAccount[], route: Route): HTMLElement | null {
  if (accounts.length === 0) return null
  return element(
    'ul',
    { class: 'seeded' },
    ...accounts.map(({ address, shape, chains }) =>
      element(
        'li',
        { 'data-key': address },
        element(
          'a',
          {
            href: formatRoute({ ...route, account: address }),
            'aria-current': address.toLowerCase() === route.account.toLowerCase() ? 'true' : null,
          },
          element('span', { class: 'shape' }, shapeName(shape)),
          element(
            'span',
            { class: 'sub' },
            element('code', {}, shortenHex(address)),
            ` ${chains.map(cleanLabel).join(', ')}`,
          ),
        ),
      ),
    ),
  )
}
