import { type TracedCall, traceCall } from '../trace'
import type { Action, Proposal, ProposedCall, World } from '../types'

/** What a chain still owes its run. */
export interface Dues {
  /** Operations missing from each action's quota; nothing for one that has met it. */
  readonly shortfalls: ReadonlyMap<string, number>
  /** Operations still to come; below zero when the walk goes on only for the quotas. */
  readonly operationsLeft: number
}

/** Only what is listed has a quota, and all that is counted is held against the bar. */
export class UnlistedActionError extends Error {
  override readonly name = 'UnlistedActionError'
  constructor(action: string, countsAs: string) {
    super(`The action "${action}" proposes a call that counts as "${countsAs}", which is no action: list it`)
  }
}

const attemptsPerCall = 12
const weightPerShortfall = 6
/** From this share of what is left on, only what is missing is drawn: an operation in so many fails or is taken back by a reorg. */
const urgentShare = 0.7

/**
 * Draws up to `count` calls that should succeed on the chain as it stands. Actions seen too rarely are drawn more often, and nothing else once
 * the operations left would hardly suffice for them; where such an action finds nothing that fits, what opens its way is drawn instead.
 * @throws UnlistedActionError
 */
export async function chooseCalls(
  actions: readonly Action[],
  dues: Dues,
  world: World,
  count: number,
): Promise<TracedCall[]> {
  const possible = actions.filter(({ versions }) => versions?.includes(world.contracts.aave.version) ?? true)
  const missing = possible.filter(({ name }) => dues.shortfalls.has(name))
  const owed = [...dues.shortfalls.values()].reduce((sum, shortfall) => sum + shortfall, 0)
  const isUrgent = missing.length > 0 && owed >= dues.operationsLeft * urgentShare
  const names = new Set(actions.map(({ name }) => name))
  const calls: TracedCall[] = []
  const add = (action: Action, proposal: Proposal) => {
    if (proposal === null) return
    const proposed: readonly ProposedCall[] = 'from' in proposal ? [proposal] : proposal
    for (const { countsAs = action.name, ...call } of proposed) {
      if (!names.has(countsAs)) throw new UnlistedActionError(action.name, countsAs)
      calls.push(traceCall(countsAs, call))
    }
  }
  for (const action of possible.filter(({ comesFirst }) => comesFirst)) add(action, await action.propose(world))
  for (let attempt = 0; attempt < attemptsPerCall * count && calls.length < count; attempt++) {
    const action = drawWeighted(isUrgent ? missing : possible, dues.shortfalls, world)
    const proposal = await action.propose(world)
    add(action, proposal === null && isUrgent ? ((await action.openWay?.(world)) ?? null) : proposal)
  }
  return calls
}

function drawWeighted(actions: readonly Action[], shortfalls: Dues['shortfalls'], world: World): Action {
  const weights = actions.map(
    ({ name, eagerness = 1 }) => eagerness * (1 + weightPerShortfall * (shortfalls.get(name) ?? 0)),
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
