/** The oracle's base currency is the US dollar with 8 decimals, which Aave writes as the zero address. */
export const oracleUnit = 100_000_000n

/** The access manager's functions that give `owner` all it needs to run a market. */
export const adminRoles = ['addPoolAdmin', 'addRiskAdmin', 'addEmergencyAdmin', 'addAssetListingAdmin'] as const
