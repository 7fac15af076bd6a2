import type { Random } from '../../devnet/random'
import { type TracedBlock, type TracedCall, traceCall } from '../trace'
import type { WalkedBlock } from '../types'

const chanceToDrop = 0.25
const chanceToSwap = 0.4

/** What replaces the last blocks: their calls with some dropped and some in another order, one block more than before. */
export function drawReplacement(
  random: Random,
  replaced: readonly WalkedBlock[],
  extra: readonly TracedCall[],
): TracedBlock[] {
  const calls = replaced
    .flatMap(({ operations }) => operations)
    .filter(() => random.next() >= chanceToDrop)
    .map(({ action, call }) => traceCall(action, call))
  const mixed: TracedCall[] = [...calls, ...extra]
  for (let index = mixed.length - 1; index > 0; index--) {
    if (random.next() >= chanceToSwap) continue
    const other = random.integer(0, index)
    ;[mixed[index], mixed[other]] = [mixed[other]!, mixed[index]!]
  }
  const blocks = Array.from({ length: replaced.length + 1 }, () => ({
    secondsAfterParent: random.integer(1, 30),
    calls: [] as TracedCall[],
  }))
  for (const call of mixed) random.pick(blocks).calls.push(call)
  return blocks
}
