"""Drawn accounts: everything at once, from one seed."""

from accounts import MARKET, curve, market

ASSETS = list(MARKET)
CODES = ['PRICE_STALE', 'PRICE_ABSURD', 'TOKEN_UNKNOWN', 'READ_FAILED']
SETS = ['everyday', 'tiered', 'capped', 'strict']
CHAINS = ['base', 'rollup', 'young']
ISSUERS = ['Harbour', 'Minster', 'Nobody']


def draw_account(draw, place):
    assets = draw_market(draw)
    size = draw.one_of([1, 1, 20, 400])
    collateral = [draw_holding(draw, f'holding-{n}', assets, size) for n in range(draw.integer(0, 4))]
    units = [draw_unit(draw, f'unit-{n}', assets, size) for n in range(draw.integer(0 if collateral else 1, 3))]
    model = 'portfolio' if place % 4 == 3 else 'cross'
    what = f'Drawn: {len(collateral)} holdings, {len(units)} loans'
    return {'what': what, 'parameters': SETS[place % len(SETS) if model == 'cross' else draw.integer(0, 3)], 'collateral': collateral, 'units': units, 'assets': assets, 'model': model}


def draw_market(draw):
    changes = {}
    for asset in ASSETS:
        index = float(MARKET[asset]['indexPrice'])
        units = round(index * 10**6)
        change = {'indexPrice': draw.decimal(units * 85 // 100, units * 115 // 100, 6)}
        if draw.chance(40):
            change['markPrice'] = draw.decimal(units * 80 // 100, units * 112 // 100, 6)
        if draw.chance(40):
            change['oraclePrice'] = draw.decimal(units * 80 // 100, units * 112 // 100, 6)
        changes[asset] = change
    return market(**changes)


def amount(draw, asset, assets, size):
    """A quantity worth between 500 and 60,000 times the size, in units of the asset."""
    price = float(assets[asset]['indexPrice'])
    whole = draw.integer(500, 60000) * size
    return draw.decimal(int(whole / price * 10**8), int(whole / price * 10**8) + 10**6, 8)


def draw_facts(draw, asset, assets):
    facts = {}
    if draw.chance(75):
        facts['protocolTier'] = draw.one_of(['first', 'second', 'third'])
    if draw.chance(75):
        facts['chainTier'] = draw.one_of(CHAINS)
    if draw.chance(75):
        facts['oracleSources'] = draw.integer(1, 4)
    if draw.chance(50):
        facts['oracleDeviation'] = draw.decimal(1, 30, 3)
    if draw.chance(40):
        facts['volatility'] = draw.decimal(1, 150, 2)
    if asset in ('wstETH', 'sUSD', 'DAI') and draw.chance(70):
        units = round(float(assets[asset]['indexPrice']) * 10**6)
        facts['redemptionPrice'] = draw.decimal(units * 98 // 100, units * 104 // 100, 6)
    if draw.chance(45):
        value, share, points = 0, 0, []
        for _ in range(draw.integer(1, 4)):
            value, share = value + draw.integer(20000, 900000), min(990, share + draw.integer(1, 330))
            points.append((str(value), draw.decimal(share, share, 3)))
        facts['impact'] = curve(*points)
    return facts


def draw_about(draw):
    about = {'chain': draw.one_of(CHAINS)}
    if draw.chance(50):
        about['bridge'] = draw.one_of(['native', 'canonical', 'bridged'])
    if draw.chance(60):
        about['issuer'] = draw.one_of(ISSUERS)
    return about


def draw_holding(draw, name, assets, size):
    asset = draw.one_of(ASSETS)
    row = {'id': name, 'asset': asset, 'quantity': amount(draw, asset, assets, size), **draw_about(draw)}
    if draw.chance(25):
        row['movable'] = amount(draw, asset, assets, size)
    if draw.chance(7):
        row['unusable'] = draw.one_of(CODES)
    return row | {'haircut': draw_facts(draw, asset, assets)}


def draw_unit(draw, name, assets, size):
    rule = draw.one_of(['aave', 'aave', 'morpho', 'comet'])
    collateral, borrowable = [], 0.0
    for _ in range(1 if rule == 'morpho' else draw.integer(1, 4)):
        asset = draw.one_of(ASSETS)
        threshold = draw.integer(600, 950)
        ltv = threshold if rule == 'morpho' else threshold - draw.integer(20, 60)
        row = {'asset': asset, 'quantity': amount(draw, asset, assets, size)}
        row['liquidationThreshold'] = draw.decimal(threshold, threshold, 3)
        row['maxLtv'] = '0' if rule == 'aave' and draw.chance(6) else draw.decimal(ltv, ltv, 3)
        if rule != 'morpho':
            row['liquidationIncentive'] = draw.decimal(1010, 1100, 3)
        if rule == 'aave' and draw.chance(12):
            row['enabled'] = False
        elif not draw.chance(5):
            borrowable += float(row['quantity']) * float(assets[asset]['indexPrice']) * threshold / 1000
        else:
            row['unusable'] = draw.one_of(CODES)
        if draw.chance(20):
            row['freeLiquidity'] = amount(draw, asset, assets, size)
        if draw.chance(15):
            row['withdrawalCap'] = amount(draw, asset, assets, size)
        if draw.chance(5):
            row['paused'] = True
        if draw.chance(50):
            row |= draw_about(draw)
        collateral.append(row | {'haircut': draw_facts(draw, asset, assets)})
    debts = []
    for _ in range(1 if rule != 'aave' else draw.integer(0, 2)):
        asset = draw.one_of(['USDC', 'DAI', 'WETH'])
        price = float(assets[asset]['indexPrice'])
        units = int(borrowable * draw.integer(20, 112) / 100 / price * 10**6)
        debts.append({'asset': asset, 'quantity': draw.decimal(units, units, 6)})
    control = draw.one_of(['none', 'notice', 'enforceable', 'enforceable'])
    unit = {'id': name, 'rule': rule, 'control': control, 'chain': draw.one_of(CHAINS), 'collateral': collateral, 'debt': debts}
    return unit | ({'unwindable': True} if draw.chance(60) else {})
