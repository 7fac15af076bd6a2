import type { PublicClient } from 'viem'
import { lastOpening } from '../src/api/read/hydrationIsGood'
import { type FinalBlock, finalBlock } from './finalBlock'
import { type HydrationSetting, NotYetError } from './readSetting'

/**
 * The block at which accounts are read: the newest one that is both final and indexed, so that no reorg takes it back and whatever has changed by then has a row. Costs one question.
 * @throws NotYetError while that is older than what the index of any contract began with; a viem error when no node answers.
 */
export async function chooseBlock(
  client: PublicClient,
  tip: FinalBlock,
  { openings }: HydrationSetting,
): Promise<FinalBlock> {
  const final = await finalBlock(client)
  const block = final.number < tip.number ? final : tip
  const origin = lastOpening(openings)
  if (block.number < origin) throw new NotYetError(`block ${origin}, before the first indexed one, is not final yet`)
  return block
}
