import { readAccount } from '../resolve/readInput'
import { resolveAccount } from '../resolve/resolveAccount'
import type { AccountInput, MarginReport, Tick } from '../types'
import { marginOf } from './margin'

/**
 * The margin figure of one account in a market that many share: the same bits as `margin` of both together, whatever accounts came
 * before. A contract is valued once in a tick, however many accounts hold it.
 *
 * @throws EngineError as `margin`; its pointer is into `input`.
 * @example marginAt(prepareTick({ at: 0 }), { model: 'portfolio', cash: 1000 }).marginBalance // 1000
 */
export function marginAt(tick: Tick, input: AccountInput): MarginReport {
  return marginOf(resolveAccount(readAccount(input, ''), tick))
}
