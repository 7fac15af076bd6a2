import { type Address, encodeAbiParameters, encodeFunctionData, type Hex } from 'viem'
import { contractCall } from '../chain/contractCall'
import type { Call, Contract } from '../chain/types'
import type { MorphoMarketParams } from './types'

const marketParams = {
  type: 'tuple',
  components: [
    { name: 'loanToken', type: 'address' },
    { name: 'collateralToken', type: 'address' },
    { name: 'oracle', type: 'address' },
    { name: 'irm', type: 'address' },
    { name: 'lltv', type: 'uint256' },
  ],
} as const

export type VaultV2Call = readonly [functionName: string, args: readonly unknown[]]

/** What tells a market adapter where to allocate. */
export function allocationData(params: MorphoMarketParams): Hex {
  return encodeAbiParameters([marketParams], [params])
}

/** What the ids are hashes of by which a Vault V2 counts what an adapter has, in a market or altogether. */
export function idDataOf(adapter: Address, params: MorphoMarketParams | null): readonly Hex[] {
  const own = encodeAbiParameters([{ type: 'string' }, { type: 'address' }], ['this', adapter])
  if (params === null) return [own]
  return [
    own,
    encodeAbiParameters([{ type: 'string' }, { type: 'address' }], ['collateralToken', params.collateralToken]),
    encodeAbiParameters(
      [{ type: 'string' }, { type: 'address' }, marketParams],
      ['this/marketParams', adapter, params],
    ),
  ]
}

/** One transaction in which the curator submits calls and carries them out. */
export function submitted(curator: Address, vault: Contract, calls: readonly VaultV2Call[]): Call {
  const steps = calls.flatMap(([functionName, args]) => {
    const data = encodeFunctionData({ abi: vault.abi, functionName, args })
    return [encodeFunctionData({ abi: vault.abi, functionName: 'submit', args: [data] }), data]
  })
  return contractCall(curator, vault, 'multicall', [steps])
}
