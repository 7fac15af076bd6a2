import type { SeededAccount } from '../../devnet/types'
import type { Figure } from './figures'

/** A table of the seeded accounts with their figures, right-aligned numbers, for people. */
export function figureTable(accounts: readonly SeededAccount[], figures: readonly Figure[]): string {
  const head = ['account', 'shape', 'chains', 'margin balance', 'initial', 'maintenance', 'ratio', 'status']
  const rows = accounts.map(({ address, shape, chains }, index) => {
    const figure = figures[index]!
    return [
      address,
      shape,
      chains.join(' '),
      money(figure.marginBalance),
      money(figure.initialMargin),
      money(figure.maintenanceMargin),
      figure.marginRatio === null ? '–' : Number(figure.marginRatio).toFixed(4),
      figure.status,
    ]
  })
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column >= 3 && column <= 6 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join('  ')
      .trimEnd()
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n')
}

function money(amount: string | null): string {
  return amount === null
    ? '–'
    : Number(amount).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
}
