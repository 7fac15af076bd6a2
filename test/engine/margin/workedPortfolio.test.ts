import { describe, expect, it } from 'vitest'
import { margin } from '../../../engine/index'
import { workedByHand, workedDocument, workedPortfolio } from './workedPortfolio'

describe('the worked portfolio', () => {
  const report = margin(workedPortfolio)
  const hand = workedByHand()
  const leg = (id: string) => report.attribution.find((row) => row.leg === id)?.amount

  it('has the figures computed by hand', () => {
    const [unit] = report.lendingUnits
    const figures: readonly (readonly [string, number | null | undefined, number])[] = [
      ['collateral', report.grossCollateralValue, hand.collateral],
      ['debt', report.debtValue, hand.debt],
      ['equity', unit?.equity, hand.equity],
      ['health factor', unit?.healthFactor, hand.healthFactor],
      ['movable', unit?.movable, hand.movable],
      ['credit', report.collateralCredit, hand.movable],
      ['cash', report.cash, 5_000],
      ['spread', report.netOptionValue, hand.spreadNow],
      ['perp P&L', report.unrealizedPnl, hand.perpPnl],
      ['balance', report.marginBalance, hand.balance],
      ['scan', report.components.scan, hand.scan],
      ['unit loss', leg('aave'), hand.unitLoss],
      ['perp loss', leg('perp'), -hand.perpGain],
      ['spread loss', Number(leg('call-2600')) + Number(leg('call-3000')), hand.spreadLoss],
      ['funding', leg('funding'), hand.funding],
      ['concentration', leg('concentration'), hand.concentration],
      ['initial margin', report.initialMargin, hand.initial],
      ['maintenance margin', report.maintenanceMargin, hand.maintenance],
      ['excess over initial', report.excessInitialMargin, hand.excessInitial],
      ['excess over maintenance', report.excessMaintenanceMargin, hand.excessMaintenance],
      ['ratio', report.marginRatio, hand.ratio],
    ]
    for (const [name, found, expected] of figures) expect(found, name).toBeCloseTo(expected, 6)
  })

  it('has that worst scenario, and nothing else is worse', () => {
    expect(report.worstScenario?.id).toBe('ETH:-20% vol-')
    expect(report.components.stress).toBeLessThan(report.components.scan)
    expect(report.components.joint).toBeNull()
  })

  it('is the page in docs', async () => {
    await expect(workedDocument()).toMatchFileSnapshot('../../../docs/worked-portfolio.md')
  })
})
