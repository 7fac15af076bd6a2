import type { Address } from 'viem'
import { contractCall } from '../chain/contractCall'
import type { Call, Contract } from '../chain/types'
import type { Comet } from '../deploy/types'

/** What an account does in a Comet, with base tokens or collateral; 2^256 − 1 base units are all there are. */
export type CometAction =
  | { readonly kind: 'supply'; readonly token: Contract; readonly amount: bigint; readonly to?: Address }
  | { readonly kind: 'withdraw'; readonly token: Contract; readonly amount: bigint; readonly from?: Address }
  | {
      readonly kind: 'transfer'
      readonly token: Contract
      readonly amount: bigint
      readonly to: Address
      readonly from?: Address
    }
  | { readonly kind: 'absorb'; readonly borrower: Address }
  | { readonly kind: 'buyCollateral'; readonly token: Contract; readonly baseAmount: bigint }
  | { readonly kind: 'allow'; readonly manager: Address; readonly isAllowed: boolean }

/** One action of an account, which receives what it takes out; the Comet must be approved for what it puts in. */
export function actOnComet({ core }: Comet, account: Address, action: CometAction): Call {
  const call = (functionName: string, ...args: readonly unknown[]) => contractCall(account, core, functionName, args)
  switch (action.kind) {
    case 'supply':
      return call('supplyTo', action.to ?? account, action.token.address, action.amount)
    case 'withdraw':
      return call('withdrawFrom', action.from ?? account, account, action.token.address, action.amount)
    case 'transfer':
      return call('transferAssetFrom', action.from ?? account, action.to, action.token.address, action.amount)
    case 'absorb':
      return call('absorb', account, [action.borrower])
    case 'buyCollateral':
      return call('buyCollateral', action.token.address, 0n, action.baseAmount, account)
    case 'allow':
      return call('allow', action.manager, action.isAllowed)
  }
}
