import {
  ceilFraction,
  type Fraction,
  floorFraction,
  fraction,
} from '../../../../engine/collateral/look-through/fraction'
import { type LookedThrough, lookThrough, MAX_DEPTH } from '../../../../engine/collateral/look-through/lookThrough'
import { least } from '../../../math/least'
import { assetsDown } from '../../../math/vaultRates'
import { divWadDown, WAD } from '../../../math/wad'
import { queuedShares } from '../../../protocols/names'
import type { ChainFacts, Reference } from '../../facts'
import type { Claim, Missing, Reading } from '../../protocols/reading'
import { oldestReadingSeconds } from './oldestReadingSeconds'
import { type Shares, type ShareTerms, sharesOf, tokenName } from './shareTerms'

/**
 * Replaces every share that stands alone by what it is a claim on in the end, and says of every share pledged or lent what lies behind it. The
 * engine follows the way, at most 8 replacements; what leads back to itself, is wrapped deeper, or cannot be valued is missing.
 * @param reference a token that is configured as an asset of its own is priced as such where it is pledged or lent.
 * @param time unix seconds.
 */
export function lookThroughClaims(
  chain: string,
  facts: ChainFacts,
  reference: Reference,
  { claims, units, missing }: Reading,
  time: bigint,
): Reading {
  const shares = sharesOf(chain, facts, time)
  if (shares.byName.size === 0) return { claims, units, missing }
  const configured = new Set(Object.values(reference.assets).map(({ tokens }) => tokens[chain]))
  // A balance below zero is no balance; whoever adds it up says so.
  const isOpen = ({ unit, token, amount }: Claim) =>
    shares.byName.has(tokenName(chain, token)) && amount >= 0n && (unit === null || !configured.has(token))
  const found = lookThrough(
    claims.flatMap((claim, index) =>
      isOpen(claim) && claim.amount > 0n
        ? [{ id: String(index), asset: tokenName(chain, claim.token), quantity: claim.amount, path: [] }]
        : [],
    ),
    shares.definitions,
  )
  const leaves = new Map(found.leaves.map((leaf) => [leaf.claim, leaf]))
  const gaps = new Map(gapsOf(chain, shares, found))
  const context: Context = { chain, facts, shares }
  const outcomes = claims.map((claim, index): Outcome => {
    if (!isOpen(claim)) return { claims: [claim], missing: [] }
    const gap = gaps.get(String(index))
    if (gap !== undefined) return { claims: claim.unit === null ? [] : [claim], missing: [gap] }
    return opened(context, claim, leaves.get(String(index)))
  })
  return {
    claims: outcomes.flatMap((outcome) => outcome.claims),
    units,
    missing: [...missing, ...outcomes.flatMap((outcome) => outcome.missing)],
  }
}

interface Outcome {
  readonly claims: readonly Claim[]
  readonly missing: readonly Missing[]
}

interface Context {
  readonly chain: string
  readonly facts: ChainFacts
  readonly shares: Shares
}

/** Why a claim could not be followed to its end, by claim. */
function* gapsOf(chain: string, { byName }: Shares, found: LookedThrough): Generator<[string, Missing]> {
  const gapAt = (name: string, why: Pick<Missing, 'reasonCode' | 'detail'>): Missing => ({
    scope: 'vault',
    chain,
    id: byName.get(name)!.token,
    ...why,
  })
  for (const { claim, asset } of found.looped)
    yield [claim, gapAt(asset, { reasonCode: 'DEPTH_EXCEEDED', detail: 'looped: the vault holds its own shares' })]
  for (const { claim, asset, reasonCode } of found.missing) {
    const { terms } = byName.get(asset)!
    const why =
      reasonCode === 'DEPTH_EXCEEDED' || terms.kind === 'known'
        ? { reasonCode, detail: `more than ${MAX_DEPTH} vaults deep` }
        : { reasonCode: terms.reasonCode, detail: terms.detail }
    yield [claim, gapAt(asset, why)]
  }
}

/** @param leaf absent where nothing is left of the claim: the vault has lost everything. */
function opened(
  { chain, facts, shares }: Context,
  claim: Claim,
  leaf: LookedThrough['leaves'][number] | undefined,
): Outcome {
  const way = leaf === undefined ? wayOf(shares, tokenName(chain, claim.token)) : stepsOf(shares, leaf.path)
  const address = way.at(-1)!.asset
  const token = facts.tokens.find((row) => row.address === address)
  if (token === undefined) {
    const detail = `its asset ${address} is not indexed`
    const gap: Missing = { scope: 'vault', chain, id: way.at(-1)!.token, reasonCode: 'TOKEN_UNKNOWN', detail }
    return { claims: claim.unit === null ? [] : [claim], missing: [gap] }
  }
  const quantity = leaf?.quantity ?? fraction(0n)
  const path = [...claim.path, ...way.flatMap(({ steps }) => steps), token.symbol]
  if (claim.unit !== null) {
    const amount = claim.side === 'borrow' ? ceilFraction(quantity) : floorFraction(quantity)
    return { claims: [{ ...claim, path, leaf: { token: address, decimals: token.decimals, amount } }], missing: [] }
  }
  return standing({ ...claim, token: address, decimals: token.decimals, path }, way, quantity)
}

/** A claim that stands alone, in what it is a claim on. */
function standing(claim: Claim, way: readonly ShareTerms[], quantity: Fraction): Outcome {
  const amount = floorFraction(quantity)
  const isQueued = claim.protocol === queuedShares || way.some(({ asyncRedeem }) => asyncRedeem)
  const ages = way.flatMap(({ terms }) =>
    terms.kind === 'known' && terms.ageSeconds !== null ? [terms.ageSeconds] : [],
  )
  const age = ages.length === 0 ? null : Math.max(...ages)
  const isOld = age !== null && age > oldestReadingSeconds
  const movable = isQueued ? 0n : movableOf(way, claim.shares, amount)
  const seen: Claim = {
    ...claim,
    amount,
    curator: way.findLast(({ curator }) => curator !== null)?.curator ?? null,
    ...(movable < amount ? { movable } : {}),
    ...(age === null ? {} : { ageSeconds: age }),
    ...(isQueued ? { refused: 'REDEMPTION_QUEUED' } : isOld ? { refused: 'PRICE_STALE' } : {}),
  }
  if (!isOld) return { claims: [seen], missing: [] }
  const detail = `the vault was last asked ${age} s ago`
  const { chain, market: id } = claim
  return { claims: [seen], missing: [{ scope: 'vault', chain, id, reasonCode: 'PRICE_STALE', detail }] }
}

/** What can be taken out along the way: at each vault no more than it can pay, and no more than is really there. */
function movableOf(way: readonly ShareTerms[], shares: bigint, amount: bigint): bigint {
  let held = shares
  let isLimited = false
  for (const { terms } of way) {
    if (terms.kind === 'unknown') return 0n
    const { payable, backed, rate, forced } = terms
    const there = assetsDown(held, backed)
    const paid = payable === null ? there : least(payable, there)
    // Who forces the rest out pays for that from the same shares.
    const affordable = forced === undefined ? 0n : divWadDown(there - paid, WAD + forced.penalty)
    held = paid + (forced === undefined ? 0n : least(forced.assets, affordable))
    isLimited ||= backed.assets < rate.assets || held < there
  }
  return isLimited ? least(held, amount) : amount
}

function stepsOf({ byName }: Shares, path: readonly string[]): readonly ShareTerms[] {
  return path.map((name) => byName.get(name)!)
}

/** The way from a share to what it is a claim on in the end, when nothing is left of it to follow. */
function wayOf(shares: Shares, name: string): readonly ShareTerms[] {
  const way: ShareTerms[] = []
  let next: ShareTerms | undefined = shares.byName.get(name)
  while (next !== undefined && !way.includes(next)) {
    way.push(next)
    next = shares.byName.get(tokenName(next.chain, next.asset))
  }
  return way
}
