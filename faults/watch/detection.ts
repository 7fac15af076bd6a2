import type { LogLine } from '../product/keepProduct'
import type { Fault } from '../types'
import type { Sample } from './Watch'

const warning = 40

/** In what way the product shows that it has noticed a fault, in a few words; `null` while it does not. What an answer says comes first. */
export function detection(fault: Fault, { figure, status }: Sample, log: readonly LogLine[]): string | null {
  const reason = figure?.missing.find(({ scope, chain }) => scope === 'chain' && fault.chains.includes(chain))
  if (reason !== undefined) return `answer: ${reason.reasonCode}`
  if (fault.isTotal && figure === null) return 'no answer'
  for (const chain of fault.chains) {
    const state = status?.chains[chain]
    if (state?.reasonCode != null) return `status: ${state.reasonCode}`
    if (state?.reachable === false) return 'status: unreachable'
    if (state?.hashAgrees === false) return 'status: hashes differ'
  }
  const line = log.find(
    ({ level, chain }) => level >= warning && (fault.isTotal || (chain !== null && fault.chains.includes(chain))),
  )
  return line === undefined ? null : `log: ${line.text.split('\n')[0]!.slice(0, 60)}`
}
