/** How a venue may be called. Lower case only, so that one venue cannot be two by its spelling. */
export const venueName = {
  pattern: /^[a-z][a-z0-9_-]{0,39}$/,
  words: 'give a venue name: lower-case letters, digits, - and _, beginning with a letter, at most 40',
} as const
