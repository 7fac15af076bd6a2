/** The built-in chain table: where the protocols live. A configuration file can override or drop it. */
export const chains = {} as const
