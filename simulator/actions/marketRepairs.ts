import { contractCall } from '../../devnet/chain/contractCall'
import type { Preparation } from '../preparation/types'
import type { ReserveTruth } from '../truth/types'
import type { ProposedCall, World } from '../types'
import {
  allowsFlashLoans,
  canBorrow,
  isBorrowableInIsolation,
  isFrozen,
  isPassing,
  isPaused,
  liquidationThresholdOf,
  maxLtvOf,
} from './look'

const usualBonus = 10_500n
const usualDistance = 300n

/** What governance has shut and accounts need: resumes, thaws and allows again all of it, each counted for the action it is. */
export function marketRepairs(world: World, preparation: Preparation): readonly ProposedCall[] | null {
  const { contracts, truth } = world
  const isolating = contracts.tokens.USDC.address
  const configure = (countsAs: string, functionName: string, args: readonly unknown[]): ProposedCall => ({
    ...contractCall(preparation.owner, contracts.aave.configurator, functionName, args),
    countsAs,
  })
  const repair = (reserve: ReserveTruth): readonly ProposedCall[] => {
    const { asset } = reserve
    const threshold = liquidationThresholdOf(reserve)
    return [
      ...(isPaused(reserve) ? [configure('pause or resume', 'setReservePause', [asset, false])] : []),
      ...(isFrozen(reserve) ? [configure('freeze or thaw', 'setReserveFreeze', [asset, false])] : []),
      ...(canBorrow(reserve) || isPassing(reserve, preparation)
        ? []
        : [configure('allow or forbid borrowing', 'setReserveBorrowing', [asset, true])]),
      ...(allowsFlashLoans(reserve)
        ? []
        : [configure('allow or forbid flash loans', 'setReserveFlashLoaning', [asset, true])]),
      ...(asset === isolating && !isBorrowableInIsolation(reserve)
        ? [configure('allow or forbid borrowing in isolation', 'setBorrowableInIsolation', [asset, true])]
        : []),
      // Thawing gives a frozen reserve its LTV back by itself.
      ...(maxLtvOf(reserve) === 0n && threshold > 0n && !isFrozen(reserve)
        ? [
            configure('set collateral parameters', 'configureReserveAsCollateral', [
              ...[asset, threshold - usualDistance, threshold, usualBonus],
            ]),
          ]
        : []),
    ]
  }
  const repairs = truth.reserves.flatMap(repair)
  return repairs.length === 0 ? null : repairs
}
