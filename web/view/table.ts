import { element } from './element'

export interface Column {
  readonly title: string
  readonly numeric?: boolean
}

type Cell = Node | string

/** A data table. The first cell of each row is its header; `key` keeps rows apart across refreshes. */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly { readonly key: string; readonly cells: readonly Cell[]; readonly class?: string }[],
): HTMLElement {
  const kind = (index: number) => (columns[index]?.numeric === true ? 'numeric' : null)
  return element(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    element(
      'table',
      {},
      element('caption', { class: 'hidden' }, caption),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...columns.map(({ title }, index) => element('th', { scope: 'col', class: kind(index) }, title)),
        ),
      ),
      element(
        'tbody',
        {},
        ...rows.map((row) =>
          element(
            'tr',
            { 'data-key': row.key, class: row.class ?? null },
            ...row.cells.map((cell, index) =>
              index === 0
                ? element('th', { scope: 'row' }, cell)
                : element('td', { class: kind(index), 'data-label': columns[index]?.title ?? null }, cell),
            ),
          ),
        ),
      ),
    ),
  )
}
