import type { Random } from '../devnet/random'
import { faultKinds } from './kinds/faultKinds'
import type { Fault } from './types'

/** So many faults: every kind comes once, in an order that is drawn, before any comes again; the chain is drawn each time. */
export function planFaults(
  count: number,
  chains: readonly string[],
  random: Random,
  only: readonly string[] = Object.keys(faultKinds),
): readonly Fault[] {
  const plan: Fault[] = []
  while (plan.length < count) {
    for (const kind of shuffled(only, random)) {
      if (plan.length < count) plan.push(faultKinds[kind]!(random.pick(chains), chains))
    }
  }
  return plan
}

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  return items
    .map((item) => ({ item, place: random.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
}
