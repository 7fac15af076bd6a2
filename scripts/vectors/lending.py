"""Equity and what can be moved of one lending unit, by the margin rule."""

from mpmath import inf, mpf

from exact import ZERO, exact

HIGH_THRESHOLD = mpf('0.9')


class Leg:
    """A pledged collateral at its two prices."""

    def __init__(self, row, rule, prices):
        self.asset = row['asset']
        self.oracle, self.mark = prices_of(prices, row['asset'])
        self.quantity = exact(row['quantity'])
        self.threshold = exact(row['liquidationThreshold'])
        self.incentive = incentive_of(row, rule, self.threshold)
        target = mpf('1.1') if self.threshold > HIGH_THRESHOLD else mpf('1.25')
        self.backing = min(self.threshold / target, exact(row.get('maxLtv', row['liquidationThreshold'])))
        self.limit = min(self.quantity, exact(row['freeLiquidity']) if 'freeLiquidity' in row else inf)


def incentive_of(row, rule, threshold):
    if rule == 'comet':
        return 1 / exact(row['liquidationFactor'])
    if rule == 'morpho':
        return min(mpf('1.15'), 1 / (mpf('0.3') * threshold + mpf('0.7')))
    return exact(row['liquidationIncentive'])


def prices_of(prices, asset):
    price = prices[asset]
    if isinstance(price, dict):
        return exact(price['oracle']), exact(price['mark'])
    return exact(price), exact(price)


def left_after_seizure(legs, debt_oracle, debt_mark):
    """Close factor 1: what hurts the owner most per repaid USD goes first. What is left to him, or minus the debt left."""
    unpaid, left = debt_oracle, ZERO
    for leg in sorted(legs, key=lambda leg: (-leg.incentive * leg.mark / leg.oracle, leg.asset)):
        taken = min(leg.quantity, unpaid * leg.incentive / leg.oracle)
        unpaid -= taken * leg.oracle / leg.incentive
        left += (leg.quantity - taken) * leg.mark
    return left - unpaid / debt_oracle * debt_mark


def left_after_absorption(legs, debt_oracle, debt_mark):
    """Comet takes everything at its liquidation factors and oracle prices, and leaves the surplus in the base asset."""
    proceeds = sum((leg.quantity * leg.oracle / leg.incentive for leg in legs), ZERO)
    surplus, mark_per_oracle = proceeds - debt_oracle, debt_mark / debt_oracle
    return surplus * (min(mpf(1), mark_per_oracle) if surplus > 0 else mark_per_oracle)


def movable(legs, debt_oracle):
    """The most that can leave: first what backs least debt per USD of mark."""
    slack = sum((leg.quantity * leg.oracle * leg.backing for leg in legs), ZERO) - debt_oracle
    total = ZERO
    for leg in sorted(legs, key=lambda leg: (leg.backing * leg.oracle / leg.mark, leg.asset)):
        leaving = leg.limit if debt_oracle == 0 else max(ZERO, min(leg.limit, slack / (leg.oracle * leg.backing)))
        slack -= leaving * leg.oracle * leg.backing
        total += leaving * leg.mark
    return total


def figures(unit, prices):
    """All expected figures of a case."""
    legs = [Leg(row, unit['rule'], prices) for row in unit['collateral']]
    debts = [(exact(row['quantity']), *prices_of(prices, row['asset'])) for row in unit['debt']]
    debt_oracle = sum((quantity * oracle for quantity, oracle, _ in debts), ZERO)
    debt_mark = sum((quantity * mark for quantity, _, mark in debts), ZERO)
    collateral = sum((leg.quantity * leg.mark for leg in legs), ZERO)
    backed = sum((leg.quantity * leg.oracle * leg.threshold for leg in legs), ZERO)
    health = None if debt_oracle == 0 else backed / debt_oracle
    left, lost = collateral - debt_mark, debt_mark - collateral
    if health is not None and health < 1:
        liquidate = left_after_absorption if unit['rule'] == 'comet' else left_after_seizure
        outcome = liquidate(legs, debt_oracle, debt_mark)
        left, lost = min(left, outcome), max(lost, -outcome)
    equity, free = max(ZERO, left), movable(legs, debt_oracle)
    return {
        'equity': equity,
        'badDebt': max(ZERO, lost),
        'healthFactor': health,
        'movable': free,
        'collateralValue': collateral,
        'debtValue': debt_mark,
        'reach': None if equity == 0 else min(mpf(1), free / equity),
    }
