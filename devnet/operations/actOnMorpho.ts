import type { Address } from 'viem'
import { contractCall } from '../chain/contractCall'
import type { Call } from '../chain/types'
import type { MorphoBlue, MorphoMarket } from '../deploy/types'

/** What an account does in a Morpho market. Of assets and shares exactly one is given. */
export type MorphoAction =
  | {
      readonly kind: 'supply' | 'withdraw' | 'borrow' | 'repay'
      readonly assets?: bigint
      readonly shares?: bigint
      readonly onBehalf?: Address
    }
  | {
      readonly kind: 'supplyCollateral' | 'withdrawCollateral'
      readonly assets: bigint
      readonly onBehalf?: Address
    }
  | {
      readonly kind: 'liquidate'
      readonly borrower: Address
      readonly seizedAssets?: bigint
      readonly repaidShares?: bigint
    }

/** One action of an account, which receives what it takes out; Morpho must be approved for what it puts in. */
export function actOnMorpho(
  { core }: MorphoBlue,
  { params }: MorphoMarket,
  account: Address,
  action: MorphoAction,
): Call {
  const call = (...args: readonly unknown[]) => contractCall(account, core, action.kind, [params, ...args])
  switch (action.kind) {
    case 'supply':
    case 'repay':
      return call(action.assets ?? 0n, action.shares ?? 0n, action.onBehalf ?? account, '0x')
    case 'withdraw':
    case 'borrow':
      return call(action.assets ?? 0n, action.shares ?? 0n, action.onBehalf ?? account, account)
    case 'supplyCollateral':
      return call(action.assets, action.onBehalf ?? account, '0x')
    case 'withdrawCollateral':
      return call(action.assets, action.onBehalf ?? account, account)
    case 'liquidate':
      return call(action.borrower, action.seizedAssets ?? 0n, action.repaidShares ?? 0n, '0x')
  }
}
