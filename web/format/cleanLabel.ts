const longest = 40

// Control characters hide text, and direction marks can turn it around: a token's symbol is whatever its deployer wrote.
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu

/** Text that strangers chose (token symbols, names): invisible characters shown as �, cut to a length a table can hold. */
export function cleanLabel(text: string): string {
  const start = [...text.slice(0, longest * 4)]
  const cleaned = start.slice(0, longest).join('').replace(invisible, '\uFFFD').trim()
  if (cleaned === '') return '(no name)'
  return start.length > longest || text.length > longest * 4 ? `${cleaned}…` : cleaned
}
