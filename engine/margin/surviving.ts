import type { Account } from './account'
import { joint } from './joint'
import { scan } from './scan'
import { stress } from './stress'

/** Worst loss of a part of the account on its own. */
function ownLoss(account: Account, part: Partial<Pick<Account, 'holdings' | 'units'>>): number {
  const alone = { ...account, instruments: [], cash: [], holdings: [], units: [], ...part }
  return Math.max(scan(alone).loss, joint(alone).loss, stress(alone).loss)
}

/** Credit of every collateral leg that is left after its own worst scenario, by id, USD ≥ 0. */
export function survivingCredit(account: Account): ReadonlyMap<string, number> {
  const surviving = new Map<string, number>()
  for (const credited of account.holdings) {
    const lost = ownLoss(account, { holdings: [credited] })
    surviving.set(credited.holding.id, Math.max(0, credited.credit - lost))
  }
  for (const credited of account.units) {
    const lost = ownLoss(account, { units: [credited] })
    surviving.set(credited.unit.id, Math.max(0, credited.credit - lost))
  }
  return surviving
}
