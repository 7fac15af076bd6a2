import { mulRayDown } from '../../math/ray'
import type { ChainFacts, VaultFact, VaultStateFact } from '../facts'
import { normalizedIncome } from './aaveIndexes'
import type { Claim, Missing, ReadProtocol } from './reading'

const protocol = 'erc4626'
const maxDepth = 8

/** ERC-4626 shares, replaced by the assets they can be redeemed for; vaults inside vaults are followed to the last asset. */
export const readErc4626: ReadProtocol = ({ chain, facts, account, time }) => {
  const claims: Claim[] = []
  const missing: Missing[] = []
  for (const { market: vault, raw } of facts.positions.filter(
    (row) => row.protocol === protocol && row.account === account,
  )) {
    const shares = BigInt(raw)
    const result = redeem({ facts, time }, vault, shares, [])
    if (result.kind === 'failed') {
      missing.push({ scope: 'vault', chain, id: result.vault, reasonCode: result.reasonCode, detail: result.detail })
      continue
    }
    const { token, amount, decimals, path, curator } = result
    claims.push({
      chain,
      protocol,
      market: vault,
      account,
      side: 'supply',
      token,
      decimals,
      shares,
      amount,
      path: [chain, ...path, symbolOf(facts, token)],
      curator,
      unit: null,
      terms: null,
    })
  }
  return { claims, units: [], missing }
}

type Redemption =
  | {
      readonly kind: 'redeemed'
      readonly token: string
      readonly amount: bigint
      readonly decimals: number
      readonly path: readonly string[]
      readonly curator: string | null
    }
  | {
      readonly kind: 'failed'
      readonly vault: string
      readonly reasonCode: 'VAULT_REVERTED' | 'DEPTH_EXCEEDED' | 'TOKEN_UNKNOWN' | 'READ_FAILED'
      readonly detail: string
    }

interface Context {
  readonly facts: ChainFacts
  readonly time: bigint
}

function redeem(context: Context, address: string, shares: bigint, outer: readonly string[]): Redemption {
  const { facts } = context
  if (outer.includes(address))
    return {
      kind: 'failed',
      vault: address,
      reasonCode: 'DEPTH_EXCEEDED',
      detail: 'looped: the vault holds its own shares',
    }
  if (outer.length === maxDepth)
    return { kind: 'failed', vault: address, reasonCode: 'DEPTH_EXCEEDED', detail: `more than ${maxDepth} vaults deep` }
  const vault = facts.vaults.find((row) => row.vault === address)
  const state = facts.vaultStates.find((row) => row.vault === address)
  if (vault === undefined || state === undefined)
    return { kind: 'failed', vault: address, reasonCode: 'READ_FAILED', detail: 'the vault is not indexed' }
  if (state.status !== 'ok')
    return { kind: 'failed', vault: address, reasonCode: 'VAULT_REVERTED', detail: state.status }
  const amount = vault.shape === 'stata' ? unwrap(context, vault, shares) : convertToAssets(vault, state, shares)
  if (amount === null)
    return {
      kind: 'failed',
      vault: address,
      reasonCode: 'READ_FAILED',
      detail: `a vault of shape ${vault.shape} cannot be valued from what is indexed`,
    }
  const path = [`${protocol}:${symbolOf(facts, address)}`]
  if (facts.vaults.some((row) => row.vault === vault.asset)) {
    const inner = redeem(context, vault.asset, amount, [...outer, address])
    return inner.kind === 'failed' ? inner : { ...inner, path: [...path, ...inner.path] }
  }
  const token = facts.tokens.find((row) => row.address === vault.asset)
  if (token === undefined)
    return {
      kind: 'failed',
      vault: address,
      reasonCode: 'TOKEN_UNKNOWN',
      detail: `its asset ${vault.asset} is not indexed`,
    }
  return { kind: 'redeemed', token: vault.asset, amount, decimals: token.decimals, path, curator: vault.curator }
}

/** A wrapped aToken's share is worth the supply index of its reserve; `null` while that is not indexed. */
function unwrap({ facts, time }: Context, { market }: VaultFact, shares: bigint): bigint | null {
  const state = facts.marketStates.find((row) => row.market === market)
  return state === undefined ? null : mulRayDown(shares, normalizedIncome(state, time))
}

/** `convertToAssets` of the vault, rounded down; `null` when the shape has no formula here. */
export function convertToAssets(
  vault: Pick<VaultFact, 'shape' | 'offset'>,
  state: Pick<VaultStateFact, 'totalAssets' | 'totalSupply'>,
  shares: bigint,
): bigint | null {
  const totalAssets = BigInt(state.totalAssets)
  const totalSupply = BigInt(state.totalSupply)
  switch (vault.shape) {
    case 'standard':
      return (shares * (totalAssets + 1n)) / (totalSupply + 10n ** BigInt(vault.offset))
    case 'solmate':
      return totalSupply === 0n ? shares : (shares * totalAssets) / totalSupply
    default:
      return null
  }
}

function symbolOf(facts: ChainFacts, address: string): string {
  return facts.tokens.find((row) => row.address === address)?.symbol ?? address
}
