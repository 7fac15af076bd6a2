import type { LendingUnit, MarginAnswer } from '../api/answer'
import { cleanLabel } from '../format/cleanLabel'
import { isZero } from '../format/decimal'
import { protocolName } from '../text/names'
import { element } from './element'
import { factor, percent, usd } from './figures'
import { panel } from './panel'
import { table } from './table'

/** What each indebted lending unit leaves its owner when prices fall. `null` when nothing is owed, or nothing is known of it. */
export function outlookPanel({ lendingUnits }: MarginAnswer): HTMLElement | null {
  const indebted = lendingUnits.filter(
    ({ debtValue, outlook = [] }) => outlook.length > 0 && typeof debtValue === 'string' && !isZero(debtValue),
  )
  if (indebted.length === 0) return null
  return panel(
    'outlook',
    'If prices fall',
    'Everything but stablecoins falls by this much. Equity is what a liquidation due then would leave; movable is what could still be withdrawn.',
    table(
      'Lending units under falling prices',
      [
        { title: 'Unit' },
        { title: 'Prices', numeric: true },
        { title: 'Health factor', numeric: true },
        { title: 'Equity', numeric: true },
        { title: 'Movable', numeric: true },
      ],
      indebted.flatMap((unit) =>
        unit.outlook!.map((row, index) => ({
          key: `${unit.id} ${row.move}`,
          cells: [
            index === 0 ? unitName(unit) : element('span', { class: 'hidden' }, unitName(unit)),
            index === 0 ? 'now' : percent(row.move, 'down'),
            factor(row.healthFactor, 'down'),
            usd(row.equity, 'down'),
            usd(row.movable, 'down'),
          ],
        })),
      ),
    ),
  )
}

function unitName({ chain, protocol, label }: LendingUnit): string {
  const name = `${cleanLabel(chain)} ${protocolName(protocol)}`
  return label === undefined ? name : `${name} · ${cleanLabel(label)}`
}
