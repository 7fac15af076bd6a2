"""Net margins of a Derive PMRM-2 case, expiry by expiry, from the published rules."""

from mpmath import exp, log, mpf, sqrt

from exact import YEAR, ZERO, black76, exact

PIVOT_DAYS = 30
FREEZE_SECONDS = 1_800


class Expiry:
    """The options of one expiry, with the discounts and shocks that its time allows."""

    def __init__(self, feed, options, params):
        self.params = params
        self.feed = feed
        self.options = [
            (exact(row['strike']), row['call'], exact(row['amount']), exact(row['markVol']))
            for row in options
            if row['secToExpiry'] == feed['secToExpiry']
        ]
        self.seconds = feed['secToExpiry']
        self.years = mpf(self.seconds) / YEAR
        self.rate = max(ZERO, exact(feed['rate']))
        self.forward = exact(feed['forward'])
        self.variable = self.forward * min(mpf(1), mpf(self.seconds) / FREEZE_SECONDS)
        self.discount = exp(-self.rate * self.years)
        self.now = self.value(mpf(1), lambda strike, vol: vol)

    def value(self, multiplier, shocked):
        forward = self.variable * multiplier + self.forward - self.variable
        return sum(
            (
                amount * self.discount * black76(call, forward, strike, shocked(strike, vol), self.years)
                for strike, call, amount, vol in self.options
            ),
            ZERO,
        )

    def static_discounts(self):
        """Factors on a positive and on a negative shocked value. What has expired is owed as it is."""
        if self.seconds == 0:
            return [mpf(1), mpf(1)]
        margin = self.params['Margin']
        growth = lambda side: exp(
            self.years * (self.rate * exact(margin[f'{side}_RATE_MULTSCALE']) + exact(margin[f'{side}_RATE_ADDSCALE']))
        )
        long = exact(margin['BASE_STATIC_DISCOUNT']) / growth('LONG')
        short = exact(margin['BASE_STATIC_DISCOUNT_NEG']) * growth('SHORT')
        return [long, min(1 / self.discount, short)]

    def vol_size(self):
        """(30 d ÷ max(t, floor))^p; t itself decides on p."""
        shock = self.params['VolShock']
        days = mpf(self.seconds) / 86_400
        power = shock['SHORTTERMPOWER'] if days <= PIVOT_DAYS else shock['LONGTERMPOWER']
        return (PIVOT_DAYS / max(days, exact(shock['DTE_FLOOR']))) ** exact(power)

    def vol_rule(self, direction):
        shock = self.params['VolShock']
        if direction == 'up':
            factor = 1 + exact(shock['VOLRANGEUP']) * self.vol_size()
            return lambda strike, vol: max(exact(shock['MIN_VOL_EVAL_SHOCKED']), vol * factor)
        if direction == 'down':
            factor = max(ZERO, 1 - exact(shock['VOLRANGEDOWN']) * self.vol_size())
            return lambda strike, vol: vol * factor
        if direction == 'none':
            return lambda strike, vol: vol
        return self.skew_rule(direction)

    def skew_rule(self, direction):
        skew = {key: exact(value) for key, value in self.params['SkewShock'].items()}
        root = sqrt(self.years)
        cap = skew[f'{direction.upper()}_SCALE_CAP'] + skew[f'{direction.upper()}_CBASE'] * root
        width = root * skew['MIN_WIDTH_SCALE'] * (skew['VOL_PARAM_STATIC'] + skew['VOL_PARAM_SCALE'] * root)
        width = max(skew['MIN_K_STAR'], width)

        def shocked(strike, vol):
            k = log(strike / self.forward)
            k = abs(k) if direction == 'abs' else k
            move = min(cap, k * cap / width) if k >= 0 else max(-cap, k * cap / width)
            return vol * max(ZERO, 1 + move)

        return shocked

    def pnl(self, multiplier, direction):
        is_skew = direction in ('linear', 'abs')
        shocked = self.value(mpf(1) if is_skew else multiplier, self.vol_rule(direction))
        asset, liability = self.static_discounts()
        change = shocked * (asset if shocked >= 0 else liability) - self.now
        return -abs(change) if is_skew else change

    def basis(self):
        basis = {key: exact(value) for key, value in self.params['BasisContingency'].items()}
        still = lambda strike, vol: vol
        up, down = (self.value(basis[f'SCENARIO_SPOT_{side}'], still) - self.now for side in ('UP', 'DOWN'))
        scale = basis['BASIS_CONT_ADD_FACTOR'] + basis['BASIS_CONT_MULT_FACTOR'] * self.years
        return min(up, down, ZERO) * scale

    def naked_shorts(self):
        net = {}
        for strike, _, amount, _ in self.options:
            net[strike] = net.get(strike, ZERO) + amount
        return sum((max(ZERO, -amount) for amount in net.values()), ZERO)

    def size(self):
        return sum((abs(amount) for _, _, amount, _ in self.options), ZERO)

    def confidence(self):
        return min(exact(self.feed[f'{feed}Confidence']) for feed in ('forward', 'rate', 'vol'))


def figures(portfolio, market, params):
    """All expected figures of a case."""
    other = {key: exact(value) for key, value in params['OtherContingency'].items()}
    factors = {key: exact(value) for key, value in params['Margin'].items()}
    spot, stable, spot_confidence = (exact(market[key]) for key in ('spot', 'stable', 'spotConfidence'))
    perp = portfolio['perp']
    size, perp_price = exact(perp['size']), exact(perp['price'])
    account_confidence = min(spot_confidence, exact(perp['confidence'])) if size != 0 else spot_confidence
    expiries = [Expiry(feed, portfolio['options'], params) for feed in market['expiries']]

    def oracle_charge(confidence, notional):
        return (1 - confidence) * other['CONF_MARGIN'] * notional if confidence < other['CONF_THRESHOLD'] else ZERO

    perp_notional = abs(size) * spot
    short_notional = sum((expiry.naked_shorts() for expiry in expiries), ZERO) * spot
    maintenance = perp_notional * other['MM_PERP_PERCENT'] + short_notional * other['MM_OPTION_PERCENT']
    initial_extra = perp_notional * other['IM_PERP_PERCENT'] + short_notional * other['IM_OPTION_PERCENT']
    oracle = oracle_charge(account_confidence, perp_notional)
    for expiry in expiries:
        oracle += oracle_charge(min(account_confidence, expiry.confidence()), expiry.size() * spot)

    collateral, moving = ZERO, ZERO
    for row in portfolio['collateral']:
        value = exact(row['amount']) * exact(row['price']) / stable
        collateral += value
        moving += value if row['riskCancelling'] else ZERO
        maintenance += value * exact(row['mmHaircut'])
        initial_extra += value * exact(row['imHaircutExtra'])
        oracle += oracle_charge(min(exact(row['confidence']), spot_confidence), value)

    def scenario_pnl(multiplier, direction, weight):
        multiplier = exact(multiplier)
        linear = (size * perp_price + moving) * (multiplier - 1)
        return exact(weight) * (linear + sum((expiry.pnl(multiplier, direction) for expiry in expiries), ZERO))

    pnl = [scenario_pnl(*row) for row in params['scenarios']]
    basis = sum((expiry.basis() for expiry in expiries), ZERO)
    worst = min([*pnl, basis])
    option_value = sum((expiry.now for expiry in expiries), ZERO)
    settled = sum(exact(value) for value in (portfolio['cash'], perp['unrealisedPnl'], perp['unrealisedFunding']))
    balance = settled + option_value + collateral
    off_peg = max(ZERO, other['PEG_LOSS_THRESHOLD'] - stable)
    initial_factor = factors['IM_LOSS_FACTOR'] + off_peg * other['PEG_LOSS_FACTOR']
    return {
        'IM': balance + initial_factor * worst - maintenance - initial_extra - oracle,
        'MM': balance + factors['MM_LOSS_FACTOR'] * worst - maintenance,
        'mtm': balance,
        'optionMtm': option_value,
        'collateralMtm': collateral,
        'basisContingency': basis,
        'oracleContingency': -oracle,
        'scenarioPnl': pnl,
        'imLossFactor': initial_factor,
        'discountFactors': [expiry.static_discounts() for expiry in expiries],
    }
