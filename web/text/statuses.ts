export type Tone = 'good' | 'warn' | 'bad' | 'unknown'

export interface StatusText {
  readonly label: string
  readonly tone: Tone
  readonly meaning: string
}

const statuses: Readonly<Record<string, StatusText>> = {
  NORMAL: { label: 'Normal', tone: 'good', meaning: 'The balance covers what is needed.' },
  WARNING: { label: 'Warning', tone: 'warn', meaning: 'Maintenance margin takes up much of the balance.' },
  MARGIN_CALL: {
    label: 'Margin call',
    tone: 'warn',
    meaning: 'The balance is below initial margin: nothing new can be opened.',
  },
  REDUCE_ONLY: { label: 'Reduce only', tone: 'warn', meaning: 'Close to liquidation: positions may only be reduced.' },
  LIQUIDATABLE: { label: 'Liquidatable', tone: 'bad', meaning: 'The balance no longer exceeds maintenance margin.' },
  BANKRUPT: { label: 'Bankrupt', tone: 'bad', meaning: 'The balance is negative.' },
  STALE: {
    label: 'Stale',
    tone: 'unknown',
    meaning: 'A chain this figure needs is left out and counts zero.',
  },
}

export function statusText(status: string): StatusText {
  return (
    statuses[status] ?? {
      label: status,
      tone: 'unknown',
      meaning: 'The service uses a status this page does not know.',
    }
  )
}
