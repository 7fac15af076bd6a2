import type { ChainAsOf, ChainStatus, MarginAnswer, StatusAnswer } from '../api/answer'
import { cleanLabel } from '../format/cleanLabel'
import { groupThousands } from '../format/groupThousands'
import { shortenHex } from '../format/shortenHex'
import { explainReason } from '../text/reasons'
import { age } from './age'
import { chainTint } from './chainTint'
import { element } from './element'
import { panel } from './panel'

/** How old each chain's data is: the block the figure was read at, and the newest block known. */
export function chainsPanel(answer: MarginAnswer, status: StatusAnswer | null, now: number): HTMLElement {
  const names = chainNames(answer, status)
  return panel(
    'chains',
    'Chains',
    finalityNote(answer),
    element('ul', { class: 'chains' }, ...names.map((name) => chainCard(name, answer, status?.chains[name], now))),
  )
}

export function chainNames(answer: MarginAnswer, status: StatusAnswer | null): readonly string[] {
  const missing = answer.missing.filter(({ scope }) => scope === 'chain').map(({ id }) => id)
  return [...new Set([...Object.keys(status?.chains ?? {}), ...Object.keys(answer.asOf.chains), ...missing])].sort()
}

function chainCard(name: string, answer: MarginAnswer, status: ChainStatus | undefined, now: number): HTMLElement {
  const read = answer.asOf.chains[name]
  const missing = answer.missing.find(({ scope, id }) => scope === 'chain' && id === name)
  const out = missing !== undefined || read === undefined
  return element(
    'li',
    { class: `chain ${chainTint(name, answer)} ${out ? 'out' : 'in'}`, 'data-key': name, 'data-chain': name },
    element('h3', {}, cleanLabel(name)),
    out
      ? element(
          'p',
          { class: 'reason' },
          `Not in this figure. ${explainReason(missing?.reasonCode ?? status?.reasonCode ?? 'READ_FAILED')}`,
        )
      : readLines(read, now),
    status?.indexed === undefined || status.indexed === null ? null : newestLine(status, now),
  )
}

function readLines(read: ChainAsOf, now: number): HTMLElement {
  return element(
    'p',
    {},
    element('span', { class: 'old' }, age(read.timestamp, now), ' old'),
    element(
      'span',
      { class: 'block', title: read.blockHash },
      `block ${groupThousands(read.blockNumber)} · ${shortenHex(read.blockHash)} · ${cleanLabel(read.finality)}`,
    ),
  )
}

function newestLine({ indexed, maxLagSeconds }: ChainStatus, now: number): HTMLElement {
  return element(
    'p',
    { class: 'newest' },
    `newest block ${groupThousands(indexed!.blockNumber)}, `,
    age(indexed!.timestamp, now),
    ` ago; limit ${maxLagSeconds} s`,
  )
}

function finalityNote({ finality, asOf }: MarginAnswer): string {
  const at = `All chains are read at one instant, ${asOf.cut}.`
  if (finality?.requested !== 'conservative') return at
  return `${at} Computed twice, at the newest and at the finalized state; the lower is shown, which is the ${finality.decisive} one.`
}
