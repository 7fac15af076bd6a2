import type { BookRow, ConcentrationAnswer } from '../api/bookAnswer'
import { cleanLabel } from '../format/cleanLabel'
import { shareOf } from '../format/decimal'
import { groupThousands } from '../format/groupThousands'
import { shortenHex } from '../format/shortenHex'
import { protocolName } from '../text/names'
import { element } from './element'
import { factor, percent, usd } from './figures'
import { panel } from './panel'
import { percentLength, svg } from './svg'
import { table } from './table'

const columns = [
  { title: 'Key' },
  { title: '' },
  { title: 'Share', numeric: true },
  { title: 'Value', numeric: true },
  { title: 'Debt', numeric: true },
]

/** Where the value of all accounts is, by one axis: a bar, a share, what is held and what is owed. */
export function concentrationPanel(answer: ConcentrationAnswer): HTMLElement {
  const { total, rows, others, by, keys } = answer
  return panel(
    'concentration',
    `Where ${groupThousands(String(total.accounts))} accounts have it, by ${by}`,
    'Every dollar once: a vault’s or a wrapper’s own holdings count with those who own its shares. Debts stand beside what is held and are not taken off.',
    element(
      'p',
      { class: 'measures' },
      'As concentrated as ',
      factor(answer.effectiveNumber, 'down'),
      ` equal parts of ${keys}; Herfindahl index `,
      factor(answer.herfindahl, 'up'),
      '.',
    ),
    table(`Value, share and debt by ${by}`, columns, [
      ...rows.map((row) => ({
        key: `key:${row.key}`,
        cells: [keyLabel(by, row.key, row.keyReason), ...cellsOf(row)],
      })),
      ...(others === null ? [] : [{ key: 'others', cells: [`${others.keys} others`, ...cellsOf(others)] }]),
      {
        key: 'total',
        class: 'total',
        cells: ['Total', '', '', usd(total.value, 'down'), usd(total.debt, 'up')],
      },
    ]),
  )
}

/** The largest accounts, each with what stands behind it. */
export function topAccountsPanel({ topAccounts }: ConcentrationAnswer): HTMLElement {
  return panel(
    'top-accounts',
    'Largest accounts',
    topAccounts.length === 0 ? 'No account holds anything that is indexed.' : null,
    table(
      'The largest accounts and what stands behind them',
      [{ title: 'Account' }, { title: 'Behind it' }, ...columns.slice(2)],
      topAccounts.map((row) => ({
        key: row.account,
        cells: [
          element('a', { href: `/#${row.account}` }, element('code', { title: row.account }, shortenHex(row.account))),
          row.behind
            .map(
              ({ asset, protocol, chain }) =>
                `${cleanLabel(asset ?? 'unknown token')} · ${protocolName(protocol)} · ${cleanLabel(chain)}`,
            )
            .join('; '),
          ...cellsOf(row).slice(1),
        ],
      })),
    ),
  )
}

function cellsOf(row: BookRow): readonly Node[] {
  return [bar(row), percent(row.share, 'down'), usd(row.value, 'down'), usd(row.debt, 'up')]
}

function bar({ share }: BookRow): HTMLElement {
  const width = percentLength(shareOf(share ?? '0', '1'))
  return element(
    'div',
    { class: 'step-bar', 'aria-hidden': 'true' },
    svg('svg', { width: '100%', height: '10' }, svg('rect', { class: 'kept', x: '0', y: '0', width, height: '100%' })),
  )
}

function keyLabel(by: string, key: string | null, reason: string | null): Node {
  if (key === null)
    return element('span', { class: 'unknown' }, 'none', element('span', { class: 'why' }, ` · ${reason ?? 'unknown'}`))
  if (by === 'protocol') return element('span', {}, protocolName(key))
  const label = cleanLabel(key.replace(/0x[0-9a-fA-F]{20,}/g, shortenHex))
  return element('span', { title: key }, label)
}
