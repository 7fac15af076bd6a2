import type { AgreementFact } from '../facts'
import type { CollateralTotals } from './collateralBody'
import { isoTime, usd } from './format'

/** Prints what the venue can do with the credit, and the agreements this rests on. The three credits add up to `collateralCredit`. */
export function controlBody(
  venue: string | null,
  agreements: readonly AgreementFact[],
  { indicativeCredit, noticeCredit, enforceableCredit }: CollateralTotals,
) {
  return {
    venue,
    agreements: agreements.map(({ account, chain, protocol, control, unwindable, since }) => ({
      account,
      chain,
      protocol,
      control,
      unwindable,
      since: isoTime(Number(since)),
    })),
    indicativeCredit: usd(indicativeCredit),
    indicativeReason: indicativeReason(venue, agreements),
    noticeCredit: usd(noticeCredit),
    enforceableCredit: usd(enforceableCredit),
  }
}

/** Why nothing on a chain is more than indicative; `null` where an agreement is in force. */
function indicativeReason(venue: string | null, agreements: readonly AgreementFact[]): string | null {
  if (venue === null) return 'no venue is named'
  return agreements.length > 0 ? null : 'nothing was agreed with this venue at the cut'
}
