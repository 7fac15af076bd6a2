import fc from 'fast-check'
import type { CollateralLeg, DebtLeg, MovablePolicy, UnitTerms } from '../../../engine/collateral/types'
import type { LendingRule } from '../../../engine/types'

/** The policy of the methodology: 1.25, or 1.10 where the liquidation threshold is above 0.90. */
export const POLICY: MovablePolicy = { targetHealthFactor: 1.25, targetHealthFactorHigh: 1.1, highThreshold: 0.9 }

export function collateral(fields: Partial<CollateralLeg> & { readonly price?: number } = {}): CollateralLeg {
  const { price = 1, ...rest } = fields
  return {
    asset: 'WETH',
    quantity: 100,
    oraclePrice: price,
    markPrice: price,
    liquidationThreshold: 0.8,
    maxLtv: 0.75,
    liquidationIncentive: 1.05,
    enabled: true,
    withdrawable: Number.POSITIVE_INFINITY,
    ...rest,
  }
}

export function debt(fields: Partial<DebtLeg> & { readonly price?: number } = {}): DebtLeg {
  const { price = 1, ...rest } = fields
  return { asset: 'USDC', quantity: 50, oraclePrice: price, markPrice: price, ...rest }
}

export function unitOf(
  legs: CollateralLeg | readonly CollateralLeg[],
  debts: DebtLeg | readonly DebtLeg[] = [],
  rule: LendingRule = 'aave',
): UnitTerms {
  return { rule, collateral: [legs].flat(), debt: [debts].flat() }
}

const price = fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 1e5, noNaN: true }))
const quantity = fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e7, noNaN: true }))
const asset = fc.constantFrom('A', 'B', 'C', 'D')

/** Any unit of any rule: zero prices and quantities, disabled and unpayable legs, oracle and mark apart. */
export const anyUnit: fc.Arbitrary<UnitTerms> = fc
  .record({
    rule: fc.constantFrom<LendingRule>('aave', 'morpho', 'comet'),
    collateral: fc.array(
      fc.record({
        asset,
        quantity,
        oraclePrice: price,
        markPrice: price,
        liquidationThreshold: fc.oneof(
          fc.constantFrom(0, 0.945, 0.8),
          fc.double({ min: 0.01, max: 0.98, noNaN: true }),
        ),
        ltvPart: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0.01, max: 1, noNaN: true })),
        liquidationIncentive: fc.double({ min: 1, max: 1.2, noNaN: true }),
        enabled: fc.boolean(),
        withdrawable: fc.oneof(fc.constantFrom(0, Number.POSITIVE_INFINITY), quantity),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    debt: fc.array(fc.record({ asset, quantity, oraclePrice: price, markPrice: price }), { maxLength: 3 }),
  })
  .map(({ rule, collateral: legs, debt: debts }) => ({
    rule,
    collateral: legs.map(({ ltvPart, ...leg }) => ({ ...leg, maxLtv: ltvPart * leg.liquidationThreshold })),
    debt: debts,
  }))

/** A unit whose one price is both oracle and mark. */
export const onePriceUnit: fc.Arbitrary<UnitTerms> = anyUnit.map(({ rule, collateral: legs, debt: debts }) => ({
  rule,
  collateral: legs.map((leg) => ({ ...leg, markPrice: leg.oraclePrice })),
  debt: debts.map((leg) => ({ ...leg, markPrice: leg.oraclePrice })),
}))
