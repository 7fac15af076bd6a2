import type { Config } from '../../config/schema'
import { isAccountAddress } from '../../src/api/wire/address'
import { readIsoTime } from '../../src/api/wire/isoTime'
import { venueName } from '../../src/api/wire/venueName'
import { UsageError } from '../UsageError'
import { configuredProtocols } from './configuredProtocols'
import type { Agreement, AgreementFlags } from './types'

const kinds = ['none', 'notice', 'enforceable'] as const

/**
 * What the flags of `control set` say.
 * @throws UsageError naming the flag and what it may be.
 */
export function readAgreement(flags: AgreementFlags, config: Config): Agreement {
  const { chain, protocol, unwindable = false } = flags
  const control = kinds.find((kind) => kind === flags.control)
  if (control === undefined) throw new UsageError(`--control is "${flags.control}"; give one of ${kinds.join(', ')}`)
  if (unwindable && control !== 'enforceable')
    throw new UsageError(`--unwindable needs --control enforceable: who has ${control} cannot unwind a loan`)
  if (chain !== undefined && !Object.hasOwn(config.chains, chain))
    throw new UsageError(unknown('--chain', chain, Object.keys(config.chains)))
  const protocols = configuredProtocols(config, chain ?? null)
  if (protocol !== undefined && !protocols.includes(protocol))
    throw new UsageError(unknown('--protocol', protocol, protocols))
  return {
    venue: readVenue(flags.venue),
    account: readAccount(flags.account),
    chain: chain ?? '*',
    protocol: protocol ?? '*',
    control,
    unwindable,
  }
}

/** @throws UsageError */
export function readVenue(text: string): string {
  if (venueName.pattern.test(text)) return text
  throw new UsageError(`--venue is "${text}"; ${venueName.words}`)
}

/** @throws UsageError */
export function readAccount(text: string): string {
  if (isAccountAddress(text)) return text.toLowerCase()
  throw new UsageError(
    `--account is "${text}"; give an address: 0x and 40 hex digits, lower case or with its right checksum`,
  )
}

/**
 * Unix seconds; `null` where the flag was not given.
 * @throws UsageError
 */
export function readSince(text: string | undefined): number | null {
  if (text === undefined) return null
  const time = readIsoTime(text)
  if (time !== null) return time
  throw new UsageError(`--since is "${text}"; give an ISO 8601 time with a zone, such as 2026-01-31T12:00:00Z`)
}

function unknown(flag: string, name: string, known: readonly string[]): string {
  return `${flag} ${name} is not configured; configured are: ${known.join(', ') || 'none'}`
}
