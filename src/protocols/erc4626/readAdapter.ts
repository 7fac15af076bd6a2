import { type Abi, type Address, encodeAbiParameters, type Hex, keccak256 } from 'viem'
import { vaultV2AdapterAbi } from '../../../abis/erc4626/vaultV2'
import type { VaultAdapter } from './types'

/** Asks one view; null where the contract refuses. */
export type AskView = (address: Address, abi: Abi, functionName: string, args?: readonly unknown[]) => Promise<unknown>

/** What a market of Morpho is; its id is the hash of this. */
export type MarketParams = readonly [Address, Address, Address, Address, bigint]

const abi: Abi = vaultV2AdapterAbi
const marketParams = {
  type: 'tuple',
  components: [{ type: 'address' }, { type: 'address' }, { type: 'address' }, { type: 'address' }, { type: 'uint256' }],
} as const

/** Which kind of adapter a contract is, by what it answers. None of the answers ever changes. */
export async function readAdapter(ask: AskView, vault: Address, address: Address): Promise<VaultAdapter> {
  const [parent, inner, lender, list, ids] = await Promise.all(
    ['parentVault', 'morphoVaultV1', 'morpho', 'marketParamsListLength', 'marketIdsLength'].map((name) =>
      ask(address, abi, name),
    ),
  )
  const unknown: VaultAdapter = { address, kind: 'unknown', vault: null, lender: null }
  if (lowerCase(parent) !== vault) return unknown
  if (inner !== null) return { ...unknown, kind: 'vault', vault: lowerCase(inner) }
  if (lender === null || (list === null && ids === null)) return unknown
  return { ...unknown, kind: list === null ? 'books' : 'positions', lender: lowerCase(lender) }
}

/** The markets an adapter that counts its positions lists. */
export async function readMarketParams(ask: AskView, adapter: Address): Promise<readonly MarketParams[]> {
  const length = Number((await ask(adapter, abi, 'marketParamsListLength')) ?? 0n)
  const indexes = Array.from({ length }, (_, index) => BigInt(index))
  return (await Promise.all(
    indexes.map((index) => ask(adapter, abi, 'marketParamsList', [index])),
  )) as readonly MarketParams[]
}

/** The id of a market in Morpho, and by which a vault counts what one of its adapters has there. */
export function idsOf(adapter: Address, params: MarketParams): { readonly market: Hex; readonly id: Hex } {
  return {
    market: keccak256(encodeAbiParameters([marketParams], [params])),
    id: keccak256(
      encodeAbiParameters(
        [{ type: 'string' }, { type: 'address' }, marketParams],
        ['this/marketParams', adapter, params],
      ),
    ),
  }
}

function lowerCase(answer: unknown): Address | null {
  return answer === null ? null : ((answer as string).toLowerCase() as Address)
}
