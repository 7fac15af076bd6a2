import type { LendingUnit, MarginAnswer } from '../api/answer'
import { cleanLabel } from '../format/cleanLabel'
import { isZero } from '../format/decimal'
import { controlName, protocolName } from '../text/names'
import { element } from './element'
import { factor, percent, unknown, usd } from './figures'
import { panel } from './panel'
import { table } from './table'

/** The protocols' own risk units: what would be liquidated together. `null` when there are none. */
export function lendingPanel({ lendingUnits }: MarginAnswer): HTMLElement | null {
  if (lendingUnits.length === 0) return null
  return panel(
    'lending',
    'Lending units',
    'Each is liquidated by its own protocol, on its own. Movable is what can be withdrawn now at our target health factor.',
    table(
      'Lending units with health factor and movable part',
      [
        { title: 'Unit' },
        { title: 'Health factor', numeric: true },
        { title: 'Collateral', numeric: true },
        { title: 'Debt', numeric: true },
        { title: 'Equity', numeric: true },
        { title: 'Movable', numeric: true },
        { title: 'Credit', numeric: true },
      ],
      lendingUnits.map((unit) => ({
        key: unit.id,
        cells: [
          element(
            'span',
            {},
            cleanLabel(unit.chain),
            element('span', { class: 'protocol' }, ` ${unitName(unit)}`),
            controlNote(unit),
          ),
          healthFactor(unit),
          usd(unit.collateralValue, 'down'),
          usd(unit.debtValue, 'up'),
          usd(unit.equity, 'down'),
          element(
            'span',
            {},
            usd(unit.movable, 'down'),
            unit.reach === null ? null : element('span', { class: 'sub' }, ' ', percent(unit.reach, 'down')),
          ),
          usd(unit.credit, 'down'),
        ],
      })),
    ),
  )
}

function unitName({ protocol, label }: LendingUnit): string {
  return label === undefined ? protocolName(protocol) : `${protocolName(protocol)} · ${cleanLabel(label)}`
}

/** Without debt there is no health factor, which is not the same as not knowing it. Below 1 the protocol may liquidate. */
function healthFactor({ healthFactor: value, debtValue }: LendingUnit): HTMLElement {
  if (value === null) {
    const noDebt = typeof debtValue === 'string' && isZero(debtValue)
    return noDebt ? element('span', { class: 'none' }, 'no debt') : unknown()
  }
  const below = Number(value) < 1
  return element(
    'span',
    { class: below ? 'health bad' : 'health' },
    factor(value, 'down'),
    below ? element('span', { class: 'sub' }, ' can be liquidated') : null,
  )
}

function controlNote({ control }: LendingUnit): HTMLElement {
  return element('span', { class: 'sub' }, controlName(control))
}
