import type { Snapshot } from './database'
import type { AgreementFact } from './facts'

/**
 * What a venue and the accounts had agreed at `time` (unix seconds): of every scope an account has rows for, the last that had begun; of
 * several that began in the same second, the one noted last. Sorted by account, chain and protocol.
 */
export function loadAgreements(
  snapshot: Snapshot,
  venue: string,
  accounts: readonly string[],
  time: number,
): Promise<readonly AgreementFact[]> {
  return snapshot.rows<AgreementFact>(
    `SELECT DISTINCT ON (account COLLATE "C", chain COLLATE "C", protocol COLLATE "C")
       account, chain, protocol, control, unwindable, since
     FROM offchain.control WHERE venue = $1 AND account = ANY($2) AND since <= $3
     ORDER BY account COLLATE "C", chain COLLATE "C", protocol COLLATE "C", since DESC, id DESC`,
    [venue, accounts, time],
  )
}
