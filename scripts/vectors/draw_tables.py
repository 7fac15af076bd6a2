"""Prices, tiers and charges: the kinds whose cases are a line or two."""

from mpmath import mpf

from exact import ZERO, black76, exact, progressive, rounded

SPAN_ORDER = [
    *('0 vol+', '0 vol-', '+1/3 vol+', '+1/3 vol-', '-1/3 vol+', '-1/3 vol-', '+2/3 vol+', '+2/3 vol-'),
    *('-2/3 vol+', '-2/3 vol-', '+1 vol+', '+1 vol-', '-1 vol+', '-1 vol-', '+extreme', '-extreme'),
]


def black76_file(draw, count):
    forward, years, discount = draw.uniform(1, 1e5), draw.uniform(0.01, 3), draw.uniform(0.5, 1)

    def case():
        strike = forward * draw.choice([1, draw.uniform(0.1, 0.8), draw.uniform(0.8, 1.2), draw.uniform(1.2, 3)])
        vol = draw.choice([0, draw.uniform(0.05, 0.4), draw.uniform(0.4, 3)])
        value = lambda call: exact(discount) * black76(call, exact(forward), exact(strike), exact(vol), exact(years))
        figures = {'call': float(value(True)), 'put': float(value(False))}
        # Below it a figure is lost in the rounding of forward and strike.
        kept = {key: figure for key, figure in figures.items() if not 0 < figure < 1e-6 * forward}
        return {'strike': strike, 'vol': vol, **kept}

    return {'forward': forward, 'timeToExpiry': years, 'discount': discount, 'cases': [case() for _ in range(count)]}


def tiers_file(draw, count):
    limits = sorted(draw.uniform(0, 1_000) for _ in range(5))
    ratios = sorted((draw.uniform(0, 1) for _ in range(6)), reverse=True)
    tiers = [[limit, ratio] for limit, ratio in zip([*limits, None], ratios)]
    sizes = [0, -5, limits[0], limits[-1], *(draw.uniform(0, 2_000) for _ in range(max(0, count - 4)))]
    cases = [{'qty': qty, 'effectiveQty': float(progressive(qty, tiers))} for qty in sizes]
    return {'venue': {'tiers': tiers, 'cases': cases}}


def okx_file(draw, count):
    limits = sorted(draw.uniform(1_000, 1e6) for _ in range(4))
    tiers = [[limit, multiplier] for limit, multiplier in zip([*limits, None], (1, 1.5, 3, 5, 9))]
    adjusted = lambda raw: progressive(raw, tiers)
    raws = [0, limits[0], *(draw.uniform(0, 2e6) for _ in range(max(0, count - 2)))]

    def unit(total, raw):
        maintenance = max(exact(total), adjusted(raw))
        figures = {'MR7adj': adjusted(raw), 'MMR': maintenance, 'IMR': mpf('1.3') * maintenance}
        return {'MRsum': total, 'MR7raw': raw, **rounded(figures)}

    return {
        'formula': 'MMR_unit = max(MRsum, MR7adj); IMR = 1.3*MMR',
        'MR1': {},
        'MR7': {'tiers': tiers, 'cases': [{'raw': raw, 'adjusted': float(adjusted(raw))} for raw in raws]},
        'sumOnly': unit(draw.uniform(1, 1e6), 0),
        'minimumOnly': unit(0, draw.uniform(1, 1e6)),
        'both': unit(draw.uniform(1, 1e6), draw.uniform(1, 1e6)),
    }


def paradex_file(draw, count):
    rates = {'net': draw.uniform(0.001, 0.1), 'hedged': draw.uniform(0.001, 0.1)}

    def example():
        given = {
            'perpDelta': draw.choice([0, draw.uniform(-100, 100)]),
            'options': [
                {'amount': draw.uniform(-50, 50), 'delta': draw.choice([0, 1, -1, draw.uniform(-1, 1)])}
                for _ in range(draw.randint(0, 4))
            ],
            'spot': draw.uniform(0.01, 1e5),
        }
        legs = [exact(given['perpDelta']), *(exact(row['amount']) * exact(row['delta']) for row in given['options'])]
        net, gross = sum(legs, ZERO), sum((abs(leg) for leg in legs), ZERO)
        hedged = (gross - abs(net)) / 2
        needed = exact(given['spot']) * (abs(net) * exact(rates['net']) + hedged * exact(rates['hedged']))
        figures = {'netDelta': net, 'grossDelta': gross, 'hedgedDelta': hedged, 'minDeltaRequirement': needed}
        return {**given, **rounded(figures)}

    return {
        'scenarios': [[0.2, 0.3, 1], [-0.2, -0.3, 1]],
        'vegaPower': {'lt30': 0.25, 'ge30': 0.1},
        'dteFloorDays': 2,
        'minDelta': rates,
        'examples': [example() for _ in range(count)],
    }


def span_file(draw, count):
    def array(index):
        signs = (1, 1) if index == 0 else (-1, -1) if index == 1 else (-1, 1)
        pnl = [round(draw.uniform(min(0, signs[0]), max(0, signs[1])) * 10_000, 2) for _ in SPAN_ORDER]
        return {'pnl': pnl, 'scanRisk': max(0, -min(pnl))}

    return {'scenarioOrder': SPAN_ORDER, **{f'array{index}': array(index) for index in range(count)}}
