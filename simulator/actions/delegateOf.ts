import type { Address } from 'viem'

/** The one actor to whom another has delegated its credit: its neighbour in the list. */
export function delegateOf(actors: readonly Address[], debtor: Address): Address {
  return actors[(actors.indexOf(debtor) + 1) % actors.length]!
}
