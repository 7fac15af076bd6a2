import { type TracedCall, traceCall } from '../trace'
import type { Action, ProposedCall, World } from '../types'

/** Before luck alone decides, every action is wanted this often on each of two chains; so much more where only one of them knows it. */
const wantedPerChain = 4
const wantedWhenAlone = 7
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
    const proposal = await action.propose(world)
    if (proposal === null) continue
    const proposed: readonly ProposedCall[] = 'from' in proposal ? [proposal] : proposal
    calls.push(...proposed.map(({ countsAs = action.name, ...call }) => traceCall(countsAs, call)))
  }
  return calls
}

function drawWeighted(actions: readonly Action[], seen: ReadonlyMap<string, number>, world: World): Action {
  const weights = actions.map(({ name, versions, eagerness = 1 }) => {
    const wanted = versions === undefined ? wantedPerChain : wantedWhenAlone
    return eagerness * (1 + 6 * Math.max(0, wanted - (seen.get(name) ?? 0)))
  })
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
