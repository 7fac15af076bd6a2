import type { Figure, MarginAnswer } from '../api/answer'
import { isNegative, isZero, subtractDecimals } from '../format/decimal'
import { formatUsd } from '../format/formatUsd'
import { statusText } from '../text/statuses'
import { element } from './element'
import { percent, unknown, usd } from './figures'
import { marginBar } from './marginBar'

/** The one figure: margin balance, against what is needed. */
export function figurePanel(answer: MarginAnswer): HTMLElement {
  const status = statusText(answer.status)
  return element(
    'section',
    {
      class: `panel headline ${answer.complete ? '' : 'incomplete'}`.trim(),
      id: 'figure',
      'data-key': 'figure',
      'aria-labelledby': 'figure-title',
    },
    element(
      'div',
      { class: 'balance' },
      element('h2', { id: 'figure-title' }, answer.complete ? 'Margin balance' : 'Margin balance, incomplete'),
      element('p', { class: 'amount' }, ...headlineAmount(answer.marginBalance)),
      element(
        'p',
        { class: 'status' },
        element('span', { class: `badge ${status.tone}`, 'data-status': answer.status }, status.label),
        element('span', { class: 'meaning' }, status.meaning),
      ),
    ),
    marginBar(answer),
    element(
      'dl',
      { class: 'tiles' },
      tile('Initial margin', usd(answer.initialMargin, 'up'), excess(answer.excessInitialMargin)),
      tile('Maintenance margin', usd(answer.maintenanceMargin, 'up'), excess(answer.excessMaintenanceMargin)),
      tile(
        'Margin ratio',
        percent(answer.marginRatio, 'up'),
        answer.marginRatio === null ? ratioReason(answer) : 'maintenance ÷ balance; liquidatable at 100 %',
      ),
      tile('Available to withdraw', usd(answer.availableToWithdraw, 'down'), null),
    ),
    balanceLine(answer),
  )
}

function headlineAmount(balance: Figure): Node[] {
  if (balance === null || balance === undefined) return [unknown()]
  const text = formatUsd(balance, 'down')
  const [whole = text, cents] = text.split('.')
  return [
    element(
      'span',
      { class: isNegative(balance) ? 'figure negative' : 'figure', title: `${balance} USD` },
      whole,
      cents === undefined ? null : element('span', { class: 'cents' }, `.${cents}`),
    ),
  ]
}

function tile(title: string, value: Node, note: Node | string | null): HTMLElement {
  return element(
    'div',
    { class: 'tile' },
    element('dt', {}, title),
    element('dd', {}, value, note === null ? null : element('span', { class: 'note' }, note)),
  )
}

function excess(value: Figure): HTMLElement {
  if (value === null || value === undefined) return element('span', {}, 'excess ', unknown())
  if (isNegative(value)) return element('span', { class: 'short' }, 'short by ', usd(value.slice(1), 'up'))
  return element('span', {}, 'excess ', usd(value, 'down'))
}

function ratioReason({ marginBalance, marginRatioReason }: MarginAnswer): string {
  const positive = typeof marginBalance === 'string' && !isNegative(marginBalance) && !isZero(marginBalance)
  if (!positive) return 'there is no balance above zero to divide by'
  return marginRatioReason ?? 'the service gives no reason'
}

/** The terms of the balance which are not nothing. */
function balanceLine(answer: MarginAnswer): HTMLElement {
  const terms: readonly (readonly [name: string, value: Figure])[] = [
    ['collateral credit', answer.collateralCredit],
    ['cash', answer.cash],
    ['net option value', answer.netOptionValue],
    ['unrealised P&L', answer.unrealizedPnl],
    ['accrued funding', answer.accruedFunding],
    ['recourse debt', negated(answer.recourseDebt)],
  ]
  const shown = terms.filter(([, value], index) => index === 0 || typeof value !== 'string' || !isZero(value))
  return element(
    'p',
    { class: 'terms' },
    'The balance is ',
    ...shown.flatMap(([name, value], index) => [index === 0 ? '' : ' + ', usd(value, 'down'), ` ${name}`]),
    '.',
  )
}

function negated(value: Figure): Figure {
  return typeof value === 'string' ? subtractDecimals('0', value) : value
}
