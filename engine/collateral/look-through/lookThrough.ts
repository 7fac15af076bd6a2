import type { Path } from '../../types/input'
import { type Fraction, fraction, multiply } from './fraction'

/** Replacements in a row after which a claim is given up as too deep. */
export const MAX_DEPTH = 8

/** Replacements in all. Anyone can send any vault a speck of any other; nobody shall make an answer take for ever by that. */
export const MAX_REPLACEMENTS = 10_000

/** Something an account holds. `asset` names a token on a chain uniquely, e.g. `alpha:0x…`. */
export interface Claim {
  readonly id: string
  readonly asset: string
  /** Smallest units, ≥ 0. */
  readonly quantity: bigint
  /** Where it was found, from the chain down. */
  readonly path: Path
}

export interface Amount {
  readonly asset: string
  readonly quantity: bigint
}

/** A lending unit held by what the claim is on. */
export interface HeldUnit {
  readonly id: string
  readonly collateral: readonly Amount[]
  readonly debt: readonly Amount[]
}

/**
 * What all units of one token together are a claim on. A vault: its supply of shares (with virtual shares, where its conversion has
 * them) and everything its address holds. A receipt: `supply` units are a claim on `holdings`.
 */
export interface ClaimDefinition {
  readonly supply: bigint
  readonly holdings: readonly Amount[]
  readonly units: readonly HeldUnit[]
}

/** A terminal holding. */
export interface LookThroughLeaf {
  /** Id of the claim it came from. */
  readonly claim: string
  readonly asset: string
  readonly quantity: Fraction
  /** The claim's path, then every token that was replaced on the way. */
  readonly path: Path
}

/** The claim's fraction of a lending unit: to be valued as one instrument, its legs are not free leaves. */
export interface LookThroughUnit {
  readonly claim: string
  readonly unit: string
  readonly path: Path
  readonly collateral: readonly { readonly asset: string; readonly quantity: Fraction }[]
  readonly debt: readonly { readonly asset: string; readonly quantity: Fraction }[]
}

/** A claim that leads back to itself; cut, and worth nothing here. */
export interface LoopedClaim {
  readonly claim: string
  readonly asset: string
  readonly quantity: Fraction
  readonly path: Path
}

export interface MissingClaim extends LoopedClaim {
  readonly reasonCode: 'DEPTH_EXCEEDED' | 'VAULT_REVERTED'
}

export interface LookedThrough {
  readonly leaves: readonly LookThroughLeaf[]
  readonly units: readonly LookThroughUnit[]
  readonly looped: readonly LoopedClaim[]
  /** Claims which could not be followed; they count nothing. */
  readonly missing: readonly MissingClaim[]
}

interface Found {
  readonly leaves: LookThroughLeaf[]
  readonly units: LookThroughUnit[]
  readonly looped: LoopedClaim[]
  readonly missing: MissingClaim[]
}

/** A claim on its way, with the tokens that were replaced before it. */
interface Step {
  readonly leaf: LookThroughLeaf
  readonly ancestors: readonly string[]
}

/**
 * Replaces every claim by what it is a claim on, recursively, up to 8 times, keeping the way. Only the replacement is kept, so a
 * dollar is counted once however many wrappers it wears. Quantities are exact fractions: without loops and missing claims the leaves
 * and units of all holders of a token add up to what the token is a claim on.
 *
 * A token without a definition is a leaf. A token met again on its own way is cut and reported as `looped`, also as collateral of a
 * unit, where it is left out while the debt stays: a loop has no value of its own, and cutting it never overstates. A definition without
 * supply cannot be shared and is `missing`.
 */
export function lookThrough(
  claims: readonly Claim[],
  definitions: ReadonlyMap<string, ClaimDefinition>,
): LookedThrough {
  const found: Found = { leaves: [], units: [], looped: [], missing: [] }
  // Breadth first: should the limit be reached, it is the deepest claims that are given up.
  const queue: Step[] = claims
    .filter(({ quantity }) => quantity > 0n)
    .map(({ id, asset, quantity, path }) => ({
      leaf: { claim: id, asset, quantity: fraction(quantity), path },
      ancestors: [],
    }))
  let replacements = 0
  for (let next = 0; next < queue.length; next++) {
    const { leaf, ancestors } = queue[next]!
    const definition = definitions.get(leaf.asset)
    if (definition === undefined) found.leaves.push(leaf)
    else if (ancestors.includes(leaf.asset)) found.looped.push(leaf)
    else if (definition.supply <= 0n) found.missing.push({ ...leaf, reasonCode: 'VAULT_REVERTED' })
    else if (ancestors.length >= MAX_DEPTH || replacements >= MAX_REPLACEMENTS) {
      found.missing.push({ ...leaf, reasonCode: 'DEPTH_EXCEEDED' })
    } else {
      replacements++
      queue.push(...replace(leaf, ancestors, definition, found))
    }
  }
  return found
}

/** The holdings behind a claim, still to be followed; its units are found. */
function replace(
  { claim, asset: token, quantity: held, path: way }: LookThroughLeaf,
  ancestors: readonly string[],
  definition: ClaimDefinition,
  found: Found,
): readonly Step[] {
  const path = [...way, token]
  const within = [...ancestors, token]
  const share = multiply(held, fraction(1n, definition.supply))
  const scaled = ({ asset, quantity }: Amount) => ({ asset, quantity: multiply(share, fraction(quantity)) })
  for (const unit of definition.units) {
    const [looped, collateral] = partition(unit.collateral, ({ asset }) => within.includes(asset))
    for (const amount of looped) found.looped.push({ claim, path: [...path, unit.id], ...scaled(amount) })
    found.units.push({ claim, unit: unit.id, path, collateral: collateral.map(scaled), debt: unit.debt.map(scaled) })
  }
  return definition.holdings
    .filter(({ quantity }) => quantity > 0n)
    .map((holding) => ({ leaf: { claim, path, ...scaled(holding) }, ancestors: within }))
}

function partition<T>(rows: readonly T[], belongs: (row: T) => boolean): [T[], T[]] {
  return [rows.filter(belongs), rows.filter((row) => !belongs(row))]
}
