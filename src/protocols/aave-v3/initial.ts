/** Rows of things that have just come into being. */
import type { Address } from 'viem'
import { RAY } from '../../math/ray'

/** A reserve before its first use: indexes of one, nothing supplied. */
export const initialState = (timestamp: bigint) => ({
  supplyIndex: RAY,
  borrowIndex: RAY,
  supplyRate: 0n,
  borrowRate: 0n,
  totalSupply: 0n,
  totalBorrow: 0n,
  liquidity: 0n,
  accruedAt: timestamp,
  accruedToTreasury: null as bigint | null,
  deficit: 0n,
  totalBorrowBefore: 0n,
  stableBorrow: null,
  stableRate: null,
  stableAccruedAt: null,
})

/** Parameters of a reserve that was just listed, or of an e-mode category nothing is known of yet. */
export const initialParameters = {
  maxLtv: 0n,
  liquidationThreshold: 0n,
  liquidationIncentive: 0n,
  supplyCap: 0n,
  borrowCap: 0n,
  flags: '',
  emode: 0,
  decimals: null,
  reserveFactor: 0n,
  liquidationFee: 0n,
  debtCeiling: 0n,
  collateralBitmap: null,
  borrowableBitmap: null,
  ltvZeroBitmap: null,
  priceSource: null,
}

export const initialEmodeParameters = {
  ...initialParameters,
  collateralBitmap: 0n,
  borrowableBitmap: 0n,
  ltvZeroBitmap: 0n,
}

export const initialMarket = (kind: 'pool' | 'reserve' | 'emode', pool: Address) => ({
  kind,
  unit: pool as string,
  token: null,
  receipt: null,
  debtToken: null,
  stableDebtToken: null,
  oracle: null,
  marketIndex: null,
  receiptRevision: null,
  debtRevision: null,
  receiptRounding: null,
  debtRounding: null,
  revision: null,
  baseUnit: null,
  label: null,
})

export const initialAccount = { collateralBitmap: 0n, emode: 0, authorisations: [] as readonly string[] }
