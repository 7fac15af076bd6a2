import { type Random, seededRandom } from '../random'
import { type Actor, deriveActor } from './actors'
import { type Step, shapes } from './shapes'

export interface PlannedAccount extends Actor {
  readonly shape: string
  /** When it starts, from 0; those whom others borrow from are in slot 0. */
  readonly slot: number
  readonly steps: Readonly<Record<string, readonly Step[]>>
}

/** Number of moments at which new accounts begin. */
export const slots = 20

/** Lays out every seeded account and what it does on which chain, from the seed alone. */
export function planAccounts(seed: number, chainNames: readonly string[]): PlannedAccount[] {
  const accounts: PlannedAccount[] = []
  for (const shape of shapes) {
    for (let copy = 0; copy < shape.count; copy++) {
      const index = accounts.length
      const label = `${shape.name} ${copy + 1}`
      const random = seededRandom(seed, label)
      const { home, away } = shape.plan(random)
      const homeChain = chainNames[index % chainNames.length]!
      const awayChain = chainNames[(index + 1) % chainNames.length]!
      const steps: Record<string, readonly Step[]> = {}
      if (awayChain !== homeChain && away.length > 0) steps[awayChain] = away
      if (home.length > 0) steps[homeChain] = home
      accounts.push({ ...deriveActor(seed, label), shape: shape.name, slot: slotOf(shape.name, random), steps })
    }
  }
  return accounts
}

/** Who others borrow from. */
const firstShapes = new Set(['whale', 'morpho-lender'])

function slotOf(shape: string, random: Random): number {
  return firstShapes.has(shape) ? 0 : random.integer(1, slots - 1)
}
