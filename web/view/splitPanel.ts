import type { MarginAnswer } from '../api/answer'
import { cleanLabel } from '../format/cleanLabel'
import { isZero, type Rounding, shareOf, sumDecimals } from '../format/decimal'
import { protocolName } from '../text/names'
import { chainTint } from './chainTint'
import { element } from './element'
import { unknown, usd } from './figures'
import { panel } from './panel'
import { type Place, splitByPlace } from './splitByPlace'
import { percentLength, svg } from './svg'
import { table } from './table'

/** Where the collateral sits: by chain and protocol, before and after haircuts. */
export function splitPanel(answer: MarginAnswer): HTMLElement {
  const places = splitByPlace(answer.collateral)
  const total = sumDecimals(places.map((place) => place.collateral))
  const out = answer.missing.filter(({ scope }) => scope === 'chain')
  return panel(
    'split',
    'Where it sits',
    places.length === 0 && out.length === 0 ? 'This account holds nothing that is indexed.' : null,
    ...(isZero(total) ? [] : [splitBar(answer, places, total)]),
    table(
      'Collateral, debt, equity and credit by chain and protocol',
      [
        { title: 'Place' },
        { title: 'Collateral', numeric: true },
        { title: 'Debt', numeric: true },
        { title: 'Equity', numeric: true },
        { title: 'Credit', numeric: true },
      ],
      [
        ...places.map((place) => placeRow(answer, place)),
        ...out.map(({ id }) => ({
          key: `out:${id}`,
          class: 'out',
          cells: [placeName(answer, id, null), unknown(), unknown(), unknown(), usd('0.00', 'down')],
        })),
        {
          key: 'total',
          class: 'total',
          cells: [
            answer.complete ? 'Account' : 'Account, without what is missing',
            usd(answer.grossCollateralValue, 'down'),
            usd(answer.debtValue, 'up'),
            usd(answer.grossEquity, 'down'),
            usd(answer.collateralCredit, 'down'),
          ],
        },
      ],
    ),
  )
}

function placeRow(answer: MarginAnswer, place: Place) {
  const partial = place.unknownCollateral + place.unknownDebt > 0
  return {
    key: `${place.chain}:${place.protocol}`,
    cells: [
      placeName(answer, place.chain, place.protocol),
      sum(place.collateral, place.unknownCollateral, 'down'),
      sum(place.debt, place.unknownDebt, 'up'),
      partial ? unknown() : usd(place.equity, 'down'),
      usd(place.credit, 'down'),
    ],
  }
}

/** A sum that lacks rows of unknown value says so; one that lacks all of them is unknown. */
function sum(known: string, unknownRows: number, rounding: Rounding): HTMLElement {
  if (unknownRows === 0) return usd(known, rounding)
  if (isZero(known)) return unknown()
  return element(
    'span',
    {},
    usd(known, rounding),
    ' ',
    element('span', { class: 'unknown' }, `+ ${unknownRows} unknown`),
  )
}

function placeName(answer: MarginAnswer, chain: string, protocol: string | null): HTMLElement {
  return element(
    'span',
    { class: `place ${chainTint(chain, answer)}` },
    element('span', { class: 'dot', 'aria-hidden': 'true' }),
    cleanLabel(chain),
    element('span', { class: 'protocol' }, protocol === null ? ' not in this figure' : ` ${protocolName(protocol)}`),
  )
}

function splitBar(answer: MarginAnswer, places: readonly Place[], total: string): HTMLElement {
  let from = 0
  const parts = places.map((place) => {
    const length = shareOf(place.collateral, total)
    const rect = svg('rect', {
      class: chainTint(place.chain, answer),
      x: percentLength(from),
      y: '0',
      width: percentLength(length),
      height: '100%',
    })
    from += length
    return rect
  })
  return element(
    'div',
    { class: 'split-bar', 'aria-hidden': 'true' },
    svg('svg', { width: '100%', height: '10' }, ...parts),
  )
}
