import { cleanLabel } from '../format/cleanLabel'
import { shortenHex } from '../format/shortenHex'

const protocols: Readonly<Record<string, string>> = {
  'aave-v3': 'Aave v3',
  'compound-v3': 'Compound v3',
  'morpho-blue': 'Morpho Blue',
  erc4626: 'Vaults',
  erc7540: 'Vaults, redemption requested',
  wallet: 'Wallet',
}

/** "aave-v3" or "aave-v3:main" as people write it. */
export function protocolName(protocol: string): string {
  const [kind = '', instance] = protocol.split(':')
  const name = protocols[kind] ?? cleanLabel(kind)
  return instance === undefined ? name : `${name} · ${cleanLabel(instance)}`
}

/** The name of what a row holds: the asset when known, else the last word of its path, else the token's address. */
export function holdingName(row: {
  readonly asset: string | null
  readonly path?: readonly string[]
  readonly token: string | null
}): string {
  const name = row.asset ?? row.path?.at(-1) ?? ''
  return name === ''
    ? shortenHex(row.token ?? '(no name)')
    : /^0x[0-9a-f]{40}$/i.test(name)
      ? shortenHex(name)
      : cleanLabel(name)
}

/** A seeded account's slug as a sentence: "near-liquidation" is "Near liquidation". */
export function shapeName(shape: string): string {
  const words = cleanLabel(shape.replace(/[-_]+/g, ' '))
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const controls: Readonly<Record<string, string>> = {
  none: 'watched only',
  notice: 'venue is notified',
  enforceable: 'venue in control',
}

/** What a venue can do with something, in words. */
export function controlName(control: string): string {
  return Object.hasOwn(controls, control) ? controls[control]! : cleanLabel(control)
}
