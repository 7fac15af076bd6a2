export type AddressResult =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'problem'; readonly message: string }

/** Reads what a person typed or pasted. The message says what is wrong with it, in words. */
export function parseAddress(typed: string): AddressResult {
  const text = typed.trim()
  if (text === '') return problem('Enter an account address: 0x followed by 40 hex digits.')
  if (/\.eth$/i.test(text))
    return problem('Names are not looked up here. Enter the address itself: 0x and 40 hex digits.')
  if (!/^0x/i.test(text)) return problem('An address starts with 0x. This does not.')
  const digits = text.slice(2)
  const strange = /[^0-9a-f]/i.exec(digits)
  if (strange !== null) return problem(`An address holds only the digits 0–9 and a–f. This holds “${strange[0]}”.`)
  if (digits.length !== 40)
    return problem(
      `An address has 40 hex digits after 0x. This has ${digits.length}${digits.length > 60 ? ', more like a transaction or block hash' : ''}.`,
    )
  // Mixed case is a checksum, which the API verifies: lowering it would hide a mistyped address.
  const isMixed = /[a-f]/.test(digits) && /[A-F]/.test(digits)
  return { kind: 'address', address: `0x${isMixed ? digits : digits.toLowerCase()}` }
}

function problem(message: string): AddressResult {
  return { kind: 'problem', message }
}
