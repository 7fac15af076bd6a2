import { resolve } from '../resolve/resolve'
import type { MarginInput, MarginReport, Portfolio } from '../types'
import { crossMargin } from './cross'
import { greeksMargin } from './greeks'
import { isolatedMargin } from './isolated'
import { portfolioRequirement } from './portfolioRequirement'
import { balanceOf, report } from './report'
import { tailMargin } from './tail'
import { valuate } from './valuation'

function portfolioMargin(portfolio: Portfolio): MarginReport {
  const valuation = valuate(portfolio, { market: false })
  return report('portfolio', valuation, balanceOf(valuation, true), portfolioRequirement(valuation))
}

/** Margin of a resolved portfolio; see `margin`. */
export function marginOf(portfolio: Portfolio): MarginReport {
  switch (portfolio.model) {
    case 'portfolio':
      return portfolioMargin(portfolio)
    case 'cross':
      return crossMargin(portfolio)
    case 'isolated':
      return isolatedMargin(portfolio)
    case 'var':
    case 'es':
      return tailMargin(portfolio, portfolio.model)
    case 'greeks':
      return greeksMargin(portfolio)
  }
}

/**
 * The margin figure of one account: balance, requirements, status and everything they are made of, under any model and any
 * parameter set. Pure and deterministic: the same input gives the same bits, whatever the order of its rows.
 *
 * Values and P&L are positive when good for the account; requirements, losses and debts are positive amounts; all in USD.
 * @throws EngineError with the JSON pointer of what is missing, unknown, of the wrong type or out of bounds.
 * @example margin({ model: 'portfolio', at: 0, cash: 1000 }).marginBalance // 1000
 */
export function margin(input: MarginInput): MarginReport {
  return marginOf(resolve(input))
}
