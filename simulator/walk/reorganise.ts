import { rpc } from '../../devnet/chain/rpc'
import type { LocalChain } from '../../devnet/chain/types'
import type { Random } from '../../devnet/random'
import type { TracedBlock, TracedCall } from '../trace'
import type { WalkedBlock } from '../types'
import { mineCalls } from './mineCalls'

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
    .map(({ action, call: { value, ...rest } }) => ({
      action,
      ...rest,
      ...(value === undefined ? {} : { value: String(value) }),
    }))
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

/** Takes the last `depth` blocks off the chain and mines these instead. */
export async function reorganise(
  chain: LocalChain,
  depth: number,
  blocks: readonly TracedBlock[],
): Promise<WalkedBlock[]> {
  await rpc(chain.client, 'anvil_rollback', [depth])
  const mined: WalkedBlock[] = []
  for (const block of blocks) mined.push(await mineCalls(chain, block))
  return mined
}
