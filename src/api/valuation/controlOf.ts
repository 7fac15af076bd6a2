import type { Control } from '../../../engine/types'
import type { AgreementFact } from '../facts'

/** Where something is held, and by whom. */
export interface Place {
  readonly account: string
  readonly chain: string
  readonly protocol: string
}

export interface AgreedControl {
  readonly control: Control
  /** The venue can repay a lending unit's debt and take the rest; only ever with `enforceable`. */
  readonly unwindable: boolean
}

const unagreed: AgreedControl = { control: 'none', unwindable: false }

/** Stands for every chain, or every protocol. */
const all = '*'

/**
 * What a venue can do with what an account holds at a place, by the agreements in force: the one decides that names the place most closely. Of
 * two that name it equally closely (one the chain, the other the protocol) the weaker does. Without any the venue only watches.
 */
export function controlOf(agreements: readonly AgreementFact[], place: Place): AgreedControl {
  const matching = agreements.filter(
    ({ account, chain, protocol }) =>
      account === place.account && [all, place.chain].includes(chain) && [all, place.protocol].includes(protocol),
  )
  const closest = Math.max(...matching.map(closeness))
  const deciding = matching.filter((agreement) => closeness(agreement) === closest)
  if (deciding.length === 0) return unagreed
  const { control, unwindable } = deciding.reduce((one, other) => (strength(other) < strength(one) ? other : one))
  return { control, unwindable }
}

function closeness({ chain, protocol }: AgreementFact): number {
  return Number(chain !== all) + Number(protocol !== all)
}

function strength({ control, unwindable }: AgreedControl): number {
  return 2 * ['none', 'notice', 'enforceable'].indexOf(control) + Number(unwindable)
}
