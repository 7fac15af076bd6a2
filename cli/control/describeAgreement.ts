import { isoTime } from '../../src/api/wire/format'
import type { Agreement } from './types'

/** One line for people: `acme 0x… alpha/aave-v3 enforceable, unwindable since 2026-01-31T12:00:00Z`. */
export function describeAgreement({
  venue,
  account,
  chain,
  protocol,
  control,
  unwindable,
  since,
}: Agreement & { readonly since: number }): string {
  return `${venue} ${account} ${chain}/${protocol} ${control}${unwindable ? ', unwindable' : ''} since ${isoTime(since)}`
}
