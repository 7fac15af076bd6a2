/** Aave's numbers for the two kinds of debt; stable debt exists in v3.0 only. */
export const rateModes = { stable: 1n, variable: 2n } as const

export type RateMode = keyof typeof rateModes
