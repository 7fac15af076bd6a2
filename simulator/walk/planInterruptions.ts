export type Interruption =
  | { readonly kind: 'reorg'; readonly share: number; readonly maxDepth: number }
  | { readonly kind: 'restart'; readonly share: number; readonly signal: 'SIGKILL' | 'SIGTERM' }

const reorgsPerRun = 5
const restartsPerRun = 3
const operationsPerRun = 500
const maxDepth = 20

/**
 * What happens to each chain, in order, and at which share of its operations: in a run of 500 operations five reorgs and three
 * restarts in all, in a shorter one fewer, but one of each.
 */
export function planInterruptions(operations: number, chains: number): Interruption[][] {
  const scale = operations / operationsPerRun
  const reorgs = Math.max(1, Math.round(reorgsPerRun * scale))
  const restarts = Math.max(1, Math.round(restartsPerRun * scale))
  const plan = Array.from({ length: chains }, (): Interruption[] => [])
  for (let index = 0; index < reorgs; index++) {
    plan[index % chains]!.push({ kind: 'reorg', share: (index + 0.6) / reorgs, maxDepth })
  }
  for (let index = 0; index < restarts; index++) {
    const signal = index % 2 === 0 ? 'SIGKILL' : 'SIGTERM'
    plan[(index + 1) % chains]!.push({ kind: 'restart', share: (index + 0.3) / restarts, signal })
  }
  return plan.map((interruptions) => interruptions.sort((a, b) => a.share - b.share))
}
