import type { ConcentrationAnswer, CoverageAnswer } from '../api/bookAnswer'
import { groupThousands } from '../format/groupThousands'
import { age } from './age'
import { concentrationPanel, topAccountsPanel } from './concentrationPanel'
import { coveragePanel } from './coveragePanel'
import { element } from './element'
import { missingList } from './missingPanel'
import { panel } from './panel'

/** All accounts together: what is missing first, then where it is, whose it is, and what of the chains is covered. */
export function bookView(answer: ConcentrationAnswer, coverage: CoverageAnswer, now: number): HTMLElement {
  const { missing, reconciles, asOf, stateHash } = answer
  const compared = reconciles.markets.filter(({ equal }) => equal !== null)
  return element(
    'article',
    { class: 'answer', 'data-key': 'book' },
    missing.length === 0
      ? null
      : panel('missing', 'This book is incomplete', 'What could not be valued is in no sum.', missingList(missing)),
    concentrationPanel(answer),
    topAccountsPanel(answer),
    coveragePanel(coverage),
    panel(
      'book-proof',
      'What it rests on',
      null,
      element(
        'p',
        { class: reconciles.equal ? null : 'warning' },
        reconciles.equal
          ? `In all ${groupThousands(String(compared.length))} totals that markets and vaults keep, the shares of all accounts sum to the total exactly.`
          : `${compared.filter(({ equal }) => equal === false).length} of ${compared.length} markets’ totals differ from the sum of all accounts’ shares: part of them is not indexed.`,
      ),
      element(
        'p',
        {},
        'One instant for all chains, ',
        age(asOf.cut, now),
        ' ago. State hash ',
        element('code', {}, stateHash),
      ),
    ),
  )
}
