import { type CollateralRow, type Figure, isDebt, type MarginAnswer, placeOf } from '../api/answer'
import { cleanLabel } from '../format/cleanLabel'
import { parseDecimal, printDecimal, rescale } from '../format/decimal'
import { formatTokenAmount } from '../format/formatTokenAmount'
import { holdingName, protocolName } from '../text/names'
import { explainReason } from '../text/reasons'
import { stepName } from '../text/steps'
import { element } from './element'
import { percent, price, unknown, usd } from './figures'
import { panel } from './panel'
import { table } from './table'

/** Every row of the account; opening one shows its path, prices and steps. `null` without rows. */
export function holdingsPanel({ collateral }: MarginAnswer): HTMLElement | null {
  if (collateral.length === 0) return null
  return panel(
    'holdings',
    'Holdings and debts',
    null,
    element('div', { class: 'holdings' }, ...collateral.map(holding)),
  )
}

function holding(row: CollateralRow): HTMLElement {
  const debt = isDebt(row)
  const key = [row.chain, row.protocol, row.market, row.side, row.token, ...row.path].join('|')
  return element(
    'details',
    { 'data-key': key, class: debt ? 'holding debt' : 'holding' },
    element(
      'summary',
      {},
      element(
        'span',
        { class: 'what' },
        element('bdi', { class: 'asset' }, holdingName(row)),
        element(
          'span',
          { class: 'sub' },
          `${cleanLabel(placeOf(row))} · ${protocolName(row.protocol)} · ${debt ? 'debt' : row.side}`,
        ),
      ),
      element('span', { class: 'numeric quantity' }, quantity(row)),
      element(
        'span',
        { class: 'numeric value' },
        debt ? '−' : '',
        usd(row.marketValue, debt ? 'up' : 'down'),
        reasonOf(row),
      ),
      element(
        'span',
        { class: 'numeric credit' },
        ...(debt ? ['–'] : [usd(row.credit, 'down'), element('span', { class: 'sub' }, 'credit')]),
      ),
    ),
    element('div', { class: 'inside' }, facts(row), ...(row.steps.length === 0 ? [] : [steps(row)])),
  )
}

function quantity(row: CollateralRow): HTMLElement | string {
  if (row.amount === null || row.decimals === null) return unknown()
  return formatTokenAmount(row.amount, row.decimals, isDebt(row) ? 'up' : 'down')
}

function reasonOf({ reasonCode }: CollateralRow): HTMLElement | null {
  return reasonCode === null || reasonCode === undefined
    ? null
    : element('span', { class: 'sub why' }, explainReason(reasonCode))
}

function facts(row: CollateralRow): HTMLElement {
  const debt = isDebt(row)
  const items: readonly (readonly [string, Node | string])[] = [
    ['Found at', row.path.map(cleanLabel).join(' › ')],
    ['Market price', price(row.markPrice, debt ? 'up' : 'down')],
    // Only where a protocol would liquidate does it have a price of its own.
    ...(row.unit === null ? [] : [['Protocol’s own price', price(row.oraclePrice, debt ? 'up' : 'down')] as const]),
    ...(debt ? [] : [['Movable', usd(row.movable, 'down')] as const]),
    ...(row.token === null ? [] : [['Token', element('code', {}, row.token)] as const]),
    ...(row.shares === null ? [] : [['Shares', element('code', {}, row.shares)] as const]),
  ]
  return element(
    'dl',
    { class: 'facts' },
    ...items.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
  )
}

function steps({ steps: taken }: CollateralRow): HTMLElement {
  return table(
    'Haircut steps of this holding',
    [
      { title: 'Step' },
      { title: 'Rule' },
      { title: 'Of', numeric: true },
      { title: 'Haircut', numeric: true },
      { title: 'Takes', numeric: true },
    ],
    taken.map(({ step, rule, input, haircut, amount }, index) => ({
      key: `${index}:${step}`,
      cells: [
        cleanLabel(stepName(step)),
        element('code', {}, cleanLabel(rule)),
        usd(input, 'down'),
        percent(withoutNoise(haircut), 'up'),
        usd(amount, 'up'),
      ],
    })),
  )
}

/** A fraction computed in float64 is not exact in its last digits, which rounding up would turn into a hundredth of a percent. */
function withoutNoise(haircut: Figure): Figure {
  const exact = parseDecimal(haircut ?? '')
  return exact === null ? haircut : printDecimal(rescale(exact, 12, 'down'))
}
