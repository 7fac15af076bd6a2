"""Lending units of the three rules around their liquidation."""

import lending
from exact import rounded

RULES = ('aave', 'morpho', 'comet')
ASSETS = ('WETH', 'WBTC', 'LINK', 'WSTETH')


def leg(draw, rule, asset, price):
    threshold = draw.choice([0.83, draw.uniform(0.4, 0.9), draw.uniform(0.905, 0.96)])
    row = {'asset': asset, 'quantity': draw.uniform(1, 1e5) / price, 'liquidationThreshold': threshold}
    if rule != 'morpho':
        row['maxLtv'] = threshold * draw.uniform(0.8, 1)
    if rule == 'aave':
        row['liquidationIncentive'] = draw.uniform(1.01, 1.15)
    if rule == 'comet':
        row['liquidationFactor'] = draw.uniform(max(threshold, 0.85), 0.99)
    if draw.random() < 0.2:
        row['freeLiquidity'] = row['quantity'] * draw.uniform(0, 1)
    return row


def case(draw, index):
    rule = RULES[index % len(RULES)]
    assets = draw.sample(ASSETS, 1 if rule == 'morpho' else draw.randint(1, 3))
    oracle = {asset: draw.uniform(0.5, 5_000) for asset in assets}
    collateral = [leg(draw, rule, asset, price) for asset, price in oracle.items()]
    backed = sum(row['quantity'] * oracle[row['asset']] * row['liquidationThreshold'] for row in collateral)
    health = draw.choice([None, draw.uniform(0.7, 1), draw.uniform(0.9, 1.1), draw.uniform(1, 3)])
    debt = [] if health is None else [{'asset': 'USDC', 'quantity': backed / health}]
    prices = {asset: {'oracle': price, 'mark': price * draw.uniform(0.9, 1.1)} for asset, price in oracle.items()}
    prices['USDC'] = draw.choice([1, draw.uniform(0.95, 1.05)])
    unit = {'rule': rule, 'collateral': collateral, 'debt': debt}
    return {'id': f'{rule} {index}', 'unit': unit, 'prices': prices, 'expect': rounded(lending.figures(unit, prices))}


def file(draw, count):
    return {'kind': 'lending', 'cases': [case(draw, index) for index in range(count)]}
