"""The accounts: each family of the page by hand, then drawn ones. Figures go in as decimal strings."""

from draw import Draw

SEED = 20260601

MARKET = {
    'WETH': {'indexPrice': '2500', 'class': 'ETH', 'riskGroup': 'ETH', 'volatility': '0.62'},
    'wstETH': {'indexPrice': '2950', 'markPrice': '2941.5', 'oraclePrice': '2952.25', 'class': 'LST', 'riskGroup': 'ETH', 'volatility': '0.64'},
    'WBTC': {'indexPrice': '64000', 'class': 'BTC', 'riskGroup': 'BTC', 'volatility': '0.48'},
    'USDC': {'indexPrice': '1', 'class': 'majorStable'},
    'DAI': {'indexPrice': '0.9991', 'class': 'minorStable', 'volatility': '0.02'},
    'LINK': {'indexPrice': '14.5', 'class': 'largeAlt', 'volatility': '0.95'},
    'sUSD': {'indexPrice': '1.043', 'class': 'vaultShare', 'riskGroup': 'DAI', 'volatility': '0.05'},
}

#: Facts under which only market, size and cap are left to charge.
SAFE = {'protocolTier': 'first', 'chainTier': 'base', 'oracleSources': 3}


def market(**changes):
    """The market with changed assets: a dictionary of changed fields, or None to leave the asset out."""
    merged = {asset: {**fields, **(changes.get(asset) or {})} for asset, fields in MARKET.items()}
    added = {asset: fields for asset, fields in changes.items() if asset not in MARKET}
    return {asset: fields for asset, fields in {**merged, **added}.items() if not (asset in changes and changes[asset] is None)}


def holding(asset, quantity, facts=SAFE, **fields):
    return {'id': fields.pop('id', asset), 'asset': asset, 'quantity': quantity, **fields, **({'haircut': facts} if facts else {})}


def pledge(asset, quantity, threshold, ltv, incentive=None, facts=SAFE, **fields):
    row = {'asset': asset, 'quantity': quantity, 'liquidationThreshold': threshold, 'maxLtv': ltv, **fields}
    if incentive is not None:
        row['liquidationIncentive'] = incentive
    return row | ({'haircut': facts} if facts else {})


def debt(asset, quantity, **fields):
    return {'asset': asset, 'quantity': quantity, **fields}


def unit(rule, collateral, debts, control='notice', **fields):
    return {'id': fields.pop('id', rule), 'rule': rule, 'control': control, **fields, 'collateral': collateral, 'debt': debts}


def curve(*points):
    return [{'value': value, 'impact': impact} for value, impact in points]


class Book:
    def __init__(self):
        self.cases = []

    def add(self, name, what, parameters, collateral=(), units=(), assets=None, model='cross'):
        ids = [row['id'] for row in [*collateral, *units]]
        assert len(set(ids)) == len(ids), name
        entry = {'model': model, 'parameters': parameters, 'collateral': list(collateral), 'lendingUnits': list(units)}
        entry['marketData'] = {'assets': market() if assets is None else assets}
        self.cases.append({'id': name, 'what': what, 'input': entry})


def by_hand(book):
    from families import FAMILIES

    for family in FAMILIES:
        family(book)


def drawn(book):
    from drawn import draw_account

    draw = Draw(SEED)
    for place in range(40):
        book.add(f'drawn-{place + 1:02}', **draw_account(draw, place))


def every_account():
    book = Book()
    by_hand(book)
    drawn(book)
    return book.cases
