import type { TracedCall } from '../trace'
import type { Action, World } from '../types'

/** Every action is wanted this often in a run before luck alone decides. */
const wantedCount = 7
const attemptsPerCall = 12

/** Draws up to `count` calls that should succeed on the chain as it stands; actions seen too rarely are drawn more often. */
export async function chooseCalls(
  actions: readonly Action[],
  seen: ReadonlyMap<string, number>,
  world: World,
  count: number,
): Promise<TracedCall[]> {
  const possible = actions.filter(({ versions }) => versions?.includes(world.contracts.aave.version) ?? true)
  const calls: TracedCall[] = []
  for (let attempt = 0; attempt < attemptsPerCall * count && calls.length < count; attempt++) {
    const action = drawWeighted(possible, seen, world)
    const call = await action.propose(world)
    if (call === null) continue
    const { value, ...rest } = call
    calls.push({ action: action.name, ...rest, ...(value === undefined ? {} : { value: String(value) }) })
  }
  return calls
}

function drawWeighted(actions: readonly Action[], seen: ReadonlyMap<string, number>, world: World): Action {
  const weights = actions.map(
    ({ name, eagerness = 1 }) => eagerness * (1 + 2 * Math.max(0, wantedCount - (seen.get(name) ?? 0))),
  )
  let left = world.random.between(
    0,
    weights.reduce((total, weight) => total + weight, 0),
  )
  for (const [index, weight] of weights.entries()) {
    left -= weight
    if (left < 0) return actions[index]!
  }
  return actions.at(-1)!
}
