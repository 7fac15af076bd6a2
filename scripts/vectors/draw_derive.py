"""Derive PMRM-2 cases with every parameter, market and portfolio drawn anew."""

import derive
from exact import rounded

DAY = 86_400
FROZEN = (1, 60, 900, 1_799, 1_800)

# Expiries and rates of a case: what its kind is about.
KINDS = {
    'near': lambda draw: (draw.sample(FROZEN, 2), lambda: draw.uniform(0, 0.5)),
    'pivot': lambda draw: ([30 * DAY - 1, 30 * DAY, 30 * DAY + 1], lambda: draw.uniform(0, 0.5)),
    'expired': lambda draw: ([0, draw.randint(DAY, 90 * DAY)], lambda: draw.uniform(0, 0.5)),
    'negative rate': lambda draw: (draw.sample(range(DAY, 400 * DAY), 2), lambda: draw.uniform(-1.5, 0)),
    'no options': lambda draw: ([], lambda: 0),
    'several': lambda draw: (draw.sample(range(3_600, 900 * DAY), draw.randint(1, 4)), lambda: draw.uniform(0, 2)),
}


def scenarios(draw):
    rows = [
        [draw.choice([0, 0.34, 1, 1, 2, 5, draw.uniform(0.5, 1.5)]), move, draw.choice([1, 1, 0, draw.uniform(0, 2)])]
        for move in ['up', 'down', 'none'] * 2
    ]
    rows += [[1, 'linear', 1], [1, 'abs', draw.uniform(0.2, 1)], [draw.uniform(0.8, 1.2), 'linear', 1]]
    draw.shuffle(rows)
    return rows


def params(draw):
    one = draw.uniform
    return {
        'scenarios': scenarios(draw),
        'SkewShock': {
            'LINEAR_SCALE_CAP': one(0, 1.5),
            'LINEAR_CBASE': one(-1, 1),
            'ABS_SCALE_CAP': one(0, 1.5),
            'ABS_CBASE': one(-1, 1),
            'MIN_K_STAR': one(0.001, 1),
            'MIN_WIDTH_SCALE': one(0, 10),
            'VOL_PARAM_STATIC': one(0, 2.5),
            'VOL_PARAM_SCALE': one(-2, 2),
        },
        'VolShock': {
            'VOLRANGEUP': one(0, 2),
            'MIN_VOL_EVAL_SHOCKED': draw.choice([0, one(0, 3)]),
            'VOLRANGEDOWN': one(0, 2),
            'SHORTTERMPOWER': one(0, 1),
            'LONGTERMPOWER': one(0, 1),
            'DTE_FLOOR': draw.choice([1, one(0.02, 60)]),
        },
        'Margin': {
            'MM_LOSS_FACTOR': one(0.5, 2),
            'IM_LOSS_FACTOR': one(0.5, 3),
            'SHORT_RATE_MULTSCALE': one(0, 5),
            'LONG_RATE_MULTSCALE': one(0, 5),
            'SHORT_RATE_ADDSCALE': one(0, 1),
            'LONG_RATE_ADDSCALE': one(0, 1),
            'BASE_STATIC_DISCOUNT': one(0.2, 1.2),
            'BASE_STATIC_DISCOUNT_NEG': one(0.9, 3),
        },
        'BasisContingency': {
            'SCENARIO_SPOT_UP': one(1.01, 2),
            'SCENARIO_SPOT_DOWN': one(0.05, 0.99),
            'BASIS_CONT_ADD_FACTOR': one(0, 5),
            'BASIS_CONT_MULT_FACTOR': one(0, 10),
        },
        'OtherContingency': {
            'PEG_LOSS_THRESHOLD': one(0.5, 1.2),
            'PEG_LOSS_FACTOR': one(0, 8),
            'CONF_THRESHOLD': one(0, 1),
            'CONF_MARGIN': one(0, 4),
            'MM_PERP_PERCENT': one(0, 0.3),
            'IM_PERP_PERCENT': one(0, 0.3),
            'MM_OPTION_PERCENT': one(0, 0.1),
            'IM_OPTION_PERCENT': one(0, 0.1),
        },
    }


def confidence(draw):
    return draw.choice([1, 0.95, 0, draw.uniform(0, 1)])


def market(draw, seconds, rate):
    spot = draw.choice([95_663.5, 2_681.6, draw.uniform(0.1, 5)])
    return {
        'spot': spot,
        'spotConfidence': confidence(draw),
        'stable': draw.choice([1, 1.0002, draw.uniform(0.3, 1.3)]),
        'expiries': [
            {
                'secToExpiry': time,
                'forward': spot * draw.uniform(0.8, 1.3),
                'forwardConfidence': confidence(draw),
                'rate': rate(),
                'rateConfidence': confidence(draw),
                'volConfidence': confidence(draw),
            }
            for time in seconds
        ],
    }


def options(draw, seconds, spot):
    strikes = [spot * factor for factor in (0.02, 0.8, 1, draw.uniform(0.3, 3), 20)]
    contracts = [(time, strike, call) for time in seconds for strike in strikes for call in (True, False)]
    return [
        {
            'secToExpiry': time,
            'strike': strike,
            'call': call,
            'amount': draw.choice([0, 1, -1, draw.uniform(-100, 100), draw.uniform(-0.01, 0.01)]),
            'markVol': draw.choice([draw.uniform(0.01, 0.2), draw.uniform(0.2, 1.2), draw.uniform(1, 6)]),
        }
        for time, strike, call in draw.sample(contracts, min(len(contracts), draw.randint(2, 6)))
    ]


def portfolio(draw, seconds, spot):
    return {
        'cash': draw.choice([0, draw.uniform(-1e5, 1e5)]),
        'perp': {
            'size': draw.choice([0, draw.uniform(-20, 20)]),
            'price': spot * draw.uniform(0.9, 1.1),
            'confidence': confidence(draw),
            'unrealisedPnl': draw.uniform(-1e4, 1e4),
            'unrealisedFunding': draw.choice([0, draw.uniform(-500, 500)]),
        },
        'collateral': [
            {
                'name': name,
                'amount': draw.choice([0, draw.uniform(0, 100)]),
                'price': draw.choice([spot, draw.uniform(0.5, 2)]),
                'confidence': confidence(draw),
                'riskCancelling': draw.random() < 0.5,
                'mmHaircut': draw.uniform(0, 1),
                'imHaircutExtra': draw.uniform(0, 0.4),
            }
            for name in draw.sample(['LBTC', 'WBTC', 'USDT', 'DAI'], draw.randint(0, 3))
        ],
        'options': options(draw, seconds, spot),
    }


def case(draw, index):
    kind = list(KINDS)[index % len(KINDS)]
    seconds, rate = KINDS[kind](draw)
    feeds, rules = market(draw, seconds, rate), params(draw)
    held = portfolio(draw, seconds, feeds['spot'])
    expected = rounded(derive.figures(held, feeds, rules))
    return {'id': f'{kind} {index}', 'portfolio': held, 'market': feeds, 'params': rules, 'expected': expected}


def file(draw, count):
    return {'cases': [case(draw, index) for index in range(count)]}
