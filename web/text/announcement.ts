import type { MarginAnswer } from '../api/answer'
import { formatUsd } from '../format/formatUsd'
import { shortenHex } from '../format/shortenHex'
import { statusText } from './statuses'

/** What is said aloud when an account is shown or its state changes; the same state is the same text but for the figure. */
export function announcement(answer: MarginAnswer): string {
  const completeness = answer.complete ? '' : ', incomplete'
  return `Account ${shortenHex(answer.account)}: margin balance ${balanceText(answer)}, ${statusText(answer.status).label}${completeness}.`
}

export function pageTitle(answer: MarginAnswer | null): string {
  return answer === null ? 'Crossmargin' : `${balanceText(answer)} · ${shortenHex(answer.account)} · Crossmargin`
}

function balanceText({ marginBalance }: MarginAnswer): string {
  return typeof marginBalance === 'string' ? formatUsd(marginBalance, 'down') : 'unknown'
}
