import type { Address } from 'viem'
import type { Preparation } from '../preparation/types'
import type { AccountTruth, ChainTruth, HoldingTruth, ReserveTruth } from '../truth/types'
import type { World } from '../types'

/** One account in one reserve, for actions that look for somebody who can do something. */
export interface Place {
  readonly account: AccountTruth
  readonly reserve: ReserveTruth
  readonly reserveIndex: number
  readonly holding: HoldingTruth
}

const bit = (configuration: bigint, position: bigint) => ((configuration >> position) & 1n) === 1n

/** Reads Aave's reserve configuration bitmap. */
export const isActive = ({ configuration }: ReserveTruth) => bit(configuration, 56n)
export const isFrozen = ({ configuration }: ReserveTruth) => bit(configuration, 57n)
export const canBorrow = ({ configuration }: ReserveTruth) => bit(configuration, 58n)
export const isPaused = ({ configuration }: ReserveTruth) => bit(configuration, 60n)
export const isOpen = (reserve: ReserveTruth) => isActive(reserve) && !isPaused(reserve)
export const maxLtvOf = ({ configuration }: ReserveTruth) => configuration & 0xffffn
export const liquidationThresholdOf = ({ configuration }: ReserveTruth) => (configuration >> 16n) & 0xffffn

export const allowsFlashLoans = ({ configuration }: ReserveTruth) => bit(configuration, 63n)
export const isBorrowableInIsolation = ({ configuration }: ReserveTruth) => bit(configuration, 61n)
export const isSiloed = ({ configuration }: ReserveTruth) => bit(configuration, 62n)
/** In dollars with 2 decimals; above zero the asset isolates whoever pledges it. */
export const debtCeilingOf = ({ configuration }: ReserveTruth) => (configuration >> 212n) & ((1n << 40n) - 1n)

export const isPledged = ({ configuration }: AccountTruth, { id }: ReserveTruth) =>
  bit(configuration, BigInt(2 * id + 1))
export const isCollateral = ({ account, reserve }: Place) => isPledged(account, reserve)

/** Listed and dropped again and again, so that nobody may owe any of it. */
export const isPassing = ({ asset }: ReserveTruth, { laterReserves }: Pick<Preparation, 'laterReserves'>) =>
  laterReserves.some(({ role, token }) => role === 'passing' && token.address.toLowerCase() === asset.toLowerCase())

/** The reserve that isolates the account, if one does. */
export const isolationOf = (truth: ChainTruth, account: AccountTruth) =>
  truth.reserves.find((reserve) => debtCeilingOf(reserve) > 0n && isPledged(account, reserve)) ?? null

/** The reserve whose debt stands alone in the account, if one does. */
export const siloOf = ({ reserves }: ChainTruth, { holdings }: AccountTruth) =>
  reserves.find((reserve, index) => isSiloed(reserve) && holdings[index]!.debt > 0n) ?? null

export const reserveIn = ({ reserves }: ChainTruth, asset: Address) =>
  reserves.find((reserve) => reserve.asset.toLowerCase() === asset.toLowerCase()) ?? null

/** Every account in every reserve for which `fits` holds. */
export function placesWhere(truth: ChainTruth, fits: (place: Place) => boolean): Place[] {
  const places: Place[] = []
  for (const account of truth.accounts) {
    for (const [reserveIndex, reserve] of truth.reserves.entries()) {
      const place = { account, reserve, reserveIndex, holding: account.holdings[reserveIndex]! }
      if (fits(place)) places.push(place)
    }
  }
  return places
}

/** One of the places that fit, or `null`. */
export function anyPlace({ truth, random }: World, fits: (place: Place) => boolean): Place | null {
  const places = placesWhere(truth, fits)
  return places.length === 0 ? null : random.pick(places)
}

export function anyReserve({ truth, random }: World, fits: (reserve: ReserveTruth) => boolean): ReserveTruth | null {
  const reserves = truth.reserves.filter(fits)
  return reserves.length === 0 ? null : random.pick(reserves)
}

export function anotherActor({ actors, random }: World, than: Address): Address {
  return random.pick(actors.filter((actor) => actor !== than))
}

/** Token units worth this many US dollars at the pool's oracle, at least one. */
export function unitsWorth(reserve: ReserveTruth, usd: number): bigint {
  if (reserve.price <= 0n) return 1n
  const units = (BigInt(Math.round(usd * 1e8)) * 10n ** BigInt(reserve.decimals)) / reserve.price
  return units > 0n ? units : 1n
}

/** US dollars (base currency, 8 decimals) of token units. */
export function worthOf(reserve: ReserveTruth, units: bigint): bigint {
  return (units * reserve.price) / 10n ** BigInt(reserve.decimals)
}

/** A part of an amount, in percent from `low` to `high`, at least one unit. */
export function partOf(world: World, amount: bigint, low: number, high: number): bigint {
  const part = (amount * BigInt(world.random.integer(low, high))) / 100n
  return part > 0n ? part : 1n
}

export const least = (a: bigint, b: bigint) => (a < b ? a : b)
