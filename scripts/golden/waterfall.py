"""Every step from collateral to credit, computed from docs/methodology.md and nothing else.

Decimals of 60 digits throughout; figures that must be told apart or tied (orders, classes) are compared at 45 digits, so
that the last digits of a quotient decide nothing.
"""

from decimal import Context, Decimal, getcontext

getcontext().prec = 60
COARSE = Context(prec=45)

ZERO, ONE, INFINITY = Decimal(0), Decimal(1), Decimal('Infinity')

#: The steps charged on what is relied on, in the order in which each takes from what the one before has left.
CHARGED = ['market', 'size', 'wrapper', 'protocol', 'chain', 'oracle', 'cap']
#: Those of them that make up the retained fraction by which leaves are put into classes.
RETAINING = ['market', 'wrapper', 'protocol', 'chain', 'oracle']


def number(value, absent=None):
    return absent if value is None else Decimal(str(value))


def ratio(top, bottom, without=ZERO):
    return top / bottom if bottom != 0 else without


def rank(value):
    return COARSE.plus(value)


def product(factors):
    result = ONE
    for factor in factors:
        result *= factor
    return result


class Row:
    """A holding, a collateral row or a debt row with its prices, class and risk group found."""

    def __init__(self, row, place, markets, parameters, unit=None):
        market = markets.get(row['asset'])
        facts = row.get('haircut', {})
        self.row, self.place, self.asset, self.facts = row, place, row['asset'], facts
        self.quantity = number(row['quantity'])
        known = [(market or {}).get(name) for name in ('indexPrice', 'markPrice', 'oraclePrice')]
        index = next((number(price) for price in known if price is not None), ZERO)
        market_mark = number((market or {}).get('markPrice'), index)
        market_oracle = number((market or {}).get('oraclePrice'), index)
        own_mark = number(row.get('markPrice'))
        self.oracle = number(row.get('oraclePrice'), market_oracle if market is not None else (own_mark or ZERO))
        self.mark = own_mark if own_mark is not None else market_mark if market_mark > 0 else self.oracle
        self.unusable = row.get('unusable') or ('PRICE_MISSING' if self.oracle == 0 or self.mark == 0 else None)
        self.redemption = number(facts.get('redemptionPrice'))
        if self.redemption is not None:
            self.mark = min(self.mark, self.redemption)
        self.class_name = row.get('class') or (market or {}).get('class') or parameters['defaultClass']
        self.kind = parameters['classes'][self.class_name]
        self.group = row.get('riskGroup') or (market or {}).get('riskGroup') or self.asset
        self.volatility, self.bridge = number(facts.get('volatility'), ZERO), row.get('bridge', 'native')
        self.chain, self.issuer = (row.get(name, (unit or {}).get(name)) for name in ('chain', 'issuer'))

    def value(self):
        return self.quantity * self.mark


class Leaf:
    """One row with what is relied on of it, and the haircut of each step charged on that."""

    def __init__(self, row, weight):
        self.row, self.weight, self.base, self.haircuts = row, weight, ZERO, {}

    def retained(self):
        return product(ONE - self.haircuts[step] for step in RETAINING if step in self.haircuts)


def charge_by_facts(leaf, model, parameters):
    """market, wrapper, protocol, chain and oracle: each from the row's own facts."""
    row, facts, rules = leaf.row, leaf.row.facts, parameters['haircuts']
    if model in ('isolated', 'cross'):
        n = Decimal(rules['market']['slices'])
        days = number(rules['market']['detectDays']) + number(row.kind['horizonDays']) * (1 + n) * (1 + 2 * n) / (6 * n * n)
        loss = number(rules['market']['z']) * row.volatility * (days / 365).sqrt()
        leaf.haircuts['market'] = max(number(row.kind['haircutFloor']), min(ONE, loss))
    discount = ZERO if row.redemption is None else max(ZERO, 1 - ratio(row.mark, row.redemption, ONE))
    leaf.haircuts['wrapper'] = max(ZERO, number(row.kind['wrapperFloor']) - discount)
    tier = facts.get('protocolTier', rules['defaultProtocolTier'])
    leaf.haircuts['protocol'] = number(rules['protocolTiers'].get(tier), ONE)
    tier = facts.get('chainTier', rules['defaultChainTier'])
    of_chain, of_bridge = number(rules['chainTiers'].get(tier), ONE), number(rules['bridge'][row.bridge])
    leaf.haircuts['chain'] = 1 - (1 - of_chain) * (1 - of_bridge)
    sources = number(facts.get('oracleSources'))
    single = number(rules['oracle']['singleSource']) if sources is None or sources <= 1 else ZERO
    deviation = number(rules['oracle']['deviationMultiplier']) * number(facts.get('oracleDeviation'), ZERO)
    leaf.haircuts['oracle'] = max(single, min(ONE, deviation))


def sellable(points, size):
    """The largest proceeds of selling any q <= size, and the smallest q that brings them."""
    if not points:
        return size, size
    best, best_q = ZERO, ZERO
    low, low_impact = ZERO, ZERO
    for point in points:
        high, high_impact = number(point['value']), max(low_impact, number(point['impact']))
        slope = (high_impact - low_impact) / (high - low)
        end = min(high, size)
        candidates = [end]
        if slope > 0:
            peak = ((1 - low_impact) / slope + low) / 2
            if low < peak < end:
                candidates.insert(0, peak)
        for q in candidates:
            proceeds = q * (1 - low_impact - slope * (q - low))
            if rank(proceeds) > rank(best):
                best, best_q = proceeds, q
        if high >= size:
            break
        low, low_impact = high, high_impact
    return best, best_q


def counted_in_tiers(tiers, size):
    """What progressive tiers count of a size: each slice at its own ratio, nothing beyond the last."""
    total, low = ZERO, ZERO
    for tier in tiers:
        high = INFINITY if tier['upTo'] is None else number(tier['upTo'])
        if size > low:
            total += (min(size, high) - low) * number(tier['ratio'])
        low = high
    return total


def charge_size(leaves, rules):
    """Impact per asset, then tiers by issuer, then tiers by risk group, class by class from the best retained one down."""
    classes = {}
    for leaf in leaves:
        classes.setdefault(rank(leaf.retained()), []).append(leaf)
    ordered = [classes[key] for key in sorted(classes, reverse=True)]
    counted, size, sold = {}, {}, {}
    for members in ordered:
        totals = {}
        for leaf in members:
            totals[leaf.row.asset] = totals.get(leaf.row.asset, ZERO) + leaf.base
        for leaf in members:
            start, u = sold.get(leaf.row.asset, ZERO), totals[leaf.row.asset]
            points = leaf.row.facts.get('impact')
            after, before = sellable(points, start + u), sellable(points, start)
            share = ratio(leaf.base, u)
            counted[leaf] = min(leaf.base, share * (after[0] - before[0])) if points else leaf.base
            size[leaf] = min(leaf.base, share * (after[1] - before[1])) if points else leaf.base
        for asset, u in totals.items():
            sold[asset] = sold.get(asset, ZERO) + u
    for tiers, key_of in ((rules['issuerTiers'], lambda row: row.issuer), (rules['riskGroupTiers'], lambda row: row.group)):
        grown, used = {}, {}
        for members in ordered:
            for key in {key_of(leaf.row) for leaf in members} & set(tiers):
                of_key = [leaf for leaf in members if key_of(leaf.row) == key]
                grown[key] = grown.get(key, ZERO) + sum((size[leaf] for leaf in of_key), ZERO)
                room = max(ZERO, counted_in_tiers(tiers[key], grown[key]) - used.get(key, ZERO))
                wanted = sum((counted[leaf] for leaf in of_key), ZERO)
                if wanted > room:
                    for leaf in of_key:
                        counted[leaf] *= room / wanted
                used[key] = used.get(key, ZERO) + min(wanted, room)
    for leaf in leaves:
        leaf.haircuts['size'] = ZERO if counted[leaf] >= leaf.base else 1 - counted[leaf] / leaf.base


def charge_caps(leaves, caps):
    credit = {leaf: leaf.base * (1 - leaf.haircuts['size']) * leaf.retained() for leaf in leaves}
    kept = {leaf: ONE for leaf in leaves}

    def scale(members, cap):
        total = sum((credit[leaf] * kept[leaf] for leaf in members), ZERO)
        if cap is not None and total > cap:
            for leaf in members:
                kept[leaf] *= cap / total

    for key, cap in caps['assetChain'].items():
        scale([leaf for leaf in leaves if f'{leaf.row.asset}:{leaf.row.chain}' == key], number(cap))
    for asset, cap in caps['global'].items():
        scale([leaf for leaf in leaves if leaf.row.asset == asset], number(cap))
    scale(leaves, number(caps['account']))
    for leaf in leaves:
        leaf.haircuts['cap'] = 1 - kept[leaf]


def par(row):
    """The least that one unit of a debt is counted at."""
    return ONE if row.kind['family'] == 'stable' else ZERO


class Pledge:
    """A collateral row of a lending unit with the figures the page names by letters."""

    def __init__(self, row, rule, lending):
        raw = row.row
        self.row, self.q = row, row.quantity
        self.o, self.m = (ZERO, ZERO) if row.unusable else (row.oracle, row.mark)
        self.threshold = number(raw['liquidationThreshold'])
        self.ltv = min(number(raw['maxLtv']), self.threshold)
        fallback = min(Decimal('1.15'), 1 / (Decimal('0.3') * self.threshold + Decimal('0.7'))) if rule == 'morpho' else ONE
        self.b = number(raw.get('liquidationIncentive'), fallback)
        self.pledged = raw.get('enabled', True) and not (rule == 'aave' and self.threshold == 0)
        limits = [number(raw.get('freeLiquidity'), INFINITY), number(raw.get('withdrawalCap'), INFINITY)]
        self.w = ZERO if raw.get('paused') else min([self.q, *limits])
        high = self.threshold > number(lending['highThreshold'])
        target = number(lending['targetHealthFactorHigh' if high else 'targetHealthFactor'])
        self.backing = min(self.threshold / target, self.ltv)
        self.at_oracle, self.at_mark = self.q * self.o, self.q * self.m
        self.backs = self.at_oracle * self.backing

    def tie(self):
        return (self.row.asset, self.row.place)


def left_by_liquidation(rule, pledged, debt_at_oracle, debt_at_mark):
    if rule == 'comet':
        absorbed = sum((row.at_oracle / row.b for row in pledged), ZERO)
        surplus, mark_per_oracle = absorbed - debt_at_oracle, debt_at_mark / debt_at_oracle
        return surplus * (min(ONE, mark_per_oracle) if surplus > 0 else mark_per_oracle)
    unpaid, kept = debt_at_oracle, ZERO
    seizable = [row for row in pledged if row.at_oracle > 0]
    for row in sorted(seizable, key=lambda row: (-rank(row.b * row.at_mark / row.at_oracle), row.tie())):
        repaid = min(unpaid, row.at_oracle / row.b)
        exhausted = repaid == row.at_oracle / row.b
        kept += ZERO if exhausted else (1 - repaid * row.b / row.at_oracle) * row.at_mark
        unpaid -= repaid
    return -(unpaid / debt_at_oracle) * debt_at_mark if unpaid > 0 else kept


def movable(rule, rows, debt_at_oracle):
    def gives_most(row):
        bound = row.pledged and debt_at_oracle > 0 and row.backs > 0
        return rank(row.at_mark / row.backs) if bound else INFINITY

    slack = sum((row.backs for row in rows if row.pledged), ZERO) - debt_at_oracle
    blocks = lambda row: rule == 'aave' and row.pledged and row.ltv == 0 and row.w < row.q
    blocked, total = debt_at_oracle > 0 and any(blocks(row) for row in rows), ZERO
    for row in sorted((row for row in rows if row.q > 0), key=lambda row: (-gives_most(row), row.tie())):
        share = row.w / row.q
        if row.pledged and debt_at_oracle > 0:
            if slack < 0 or (blocked and not blocks(row)):
                continue
            if row.backs > 0:
                share = min(share, slack / row.backs)
            slack -= share * row.backs
        total += share * row.at_mark
    return total


class Unit:
    """A lending unit: health, equity E, movable W, what is relied on, and its collateral rows as leaves."""

    def __init__(self, unit, markets, parameters):
        lending, rule = parameters['lending'], unit['rule']
        rows = [Row(row, place, markets, parameters, unit) for place, row in enumerate(unit['collateral'])]
        debts = [Row(row, place, markets, parameters) for place, row in enumerate(unit['debt'])]
        unusable = sorted((row for row in debts if row.unusable and row.quantity > 0), key=lambda row: (row.asset, row.place))
        self.id, self.unusable = unit['id'], unusable[0].unusable if unusable else None
        at_oracle = sum((row.quantity * max(par(row), row.oracle) for row in debts), ZERO)
        self.debt = sum((row.quantity * max(par(row), row.mark) for row in debts), ZERO)
        pledges = [Pledge(row, rule, lending) for row in rows]
        pledged = [row for row in pledges if row.pledged]
        free = sum((row.at_mark for row in pledges if not row.pledged), ZERO)
        pledge = sum((row.at_mark for row in pledged), ZERO)
        backed = sum((row.at_oracle * row.threshold for row in pledged), ZERO)
        self.collateral = free + pledge
        partial = any(row.unusable and row.quantity > 0 for row in [*rows, *debts])
        self.health = backed / at_oracle if at_oracle > 0 and not partial else None
        healthy = pledge - self.debt
        due = backed < at_oracle
        outcome = min(healthy, left_by_liquidation(rule, pledged, at_oracle, self.debt)) if due else healthy
        self.equity, self.bad_debt = free + max(ZERO, outcome), max(ZERO, -outcome)
        self.owed = min(pledge, sum((row.quantity * row.mark for row in debts), ZERO))
        self.lifted = min(pledge, self.debt) - self.owed
        self.liquidation = max(ZERO, healthy) - max(ZERO, outcome)
        self.movable = movable(rule, pledges, at_oracle)
        unwinds = unit['control'] == 'enforceable' and unit.get('unwindable', False)
        self.relied = (1 - number(lending['unwindCost'])) * self.equity if unwinds else min(self.equity, self.movable)
        weights = [row.at_mark if unwinds else row.w * row.m for row in pledges]
        if not any(weights):
            weights = [row.at_mark for row in pledges]
        total = sum(weights, ZERO)
        self.leaves = [Leaf(row.row, weight) for row, weight in zip(pledges, weights)]
        for leaf in self.leaves:
            leaf.base = self.relied * ratio(leaf.weight, total)

    def haircut(self, step):
        """The mean of the rows' haircuts, weighted by what the steps before have left of each."""
        before = CHARGED[: CHARGED.index(step)]
        alike = not any(leaf.weight for leaf in self.leaves)
        left = {
            leaf: (ONE if alike else leaf.weight) * product(1 - leaf.haircuts.get(name, ZERO) for name in before)
            for leaf in self.leaves
        }
        taken = sum((left[leaf] * leaf.haircuts.get(step, ZERO) for leaf in self.leaves), ZERO)
        return ratio(taken, sum(left.values(), ZERO))


def steps_of(value, haircuts):
    """Amounts one after the other; a step that takes no fraction is left out."""
    left, steps = value, []
    for name, haircut in haircuts:
        if haircut != 0:
            steps.append({'step': name, 'haircut': haircut, 'amount': left * haircut})
            left *= 1 - haircut
    return steps, left


def waterfall(case, parameters):
    """The expected figures of one account: every step of every holding and unit, and the account's value and credit."""
    markets, rules, model = case['marketData']['assets'], parameters['haircuts'], case['model']
    holdings, units = [], []
    for place, row in enumerate(case['collateral']):
        found = Row(row, place, markets, parameters)
        leaf = Leaf(found, found.value())
        relied = min(found.quantity, number(row.get('movable'), found.quantity))
        leaf.base = ZERO if found.unusable else relied * found.mark
        holdings.append(leaf)
    for unit in case['lendingUnits']:
        units.append(Unit(unit, markets, parameters))
    leaves = holdings + [leaf for unit in units if not unit.unusable for leaf in unit.leaves]
    for leaf in leaves:
        charge_by_facts(leaf, model, parameters)
    charge_size(leaves, rules)
    charge_caps(leaves, rules['caps'])
    every = [holding_figures(leaf) for leaf in holdings], [unit_figures(unit) for unit in units]
    total = {name: sum((entry[name] for entry in every[0] + every[1] if name in entry), ZERO) for name in ('value', 'credit')}
    return {'holdings': every[0], 'units': every[1], **total}


def holding_figures(leaf):
    value, reason = leaf.row.value(), leaf.row.unusable
    encumbrance = ('encumbrance', 1 - ratio(leaf.base, value, ONE))
    charged = [('unusable', ONE)] if reason else [encumbrance] + [(step, leaf.haircuts.get(step, ZERO)) for step in CHARGED]
    steps, credit = steps_of(value, charged)
    return {'id': leaf.row.row['id'], 'value': value, 'steps': steps, 'credit': credit, 'reason': reason}


def unit_figures(unit):
    """A unit whose debt is not known has no figures but its credit, which is 0."""
    if unit.unusable:
        unknown = {'healthFactor': None, 'steps': [{'step': 'unusable', 'haircut': ONE}], 'credit': ZERO}
        return {'id': unit.id, **unknown, 'reason': unit.unusable}
    encumbrance = ('encumbrance', 1 - ratio(unit.relied, unit.equity, ONE))
    steps, credit = steps_of(unit.equity, [encumbrance] + [(step, unit.haircut(step)) for step in CHARGED])
    named = [('debt', unit.owed), ('par', unit.lifted), ('liquidation', unit.liquidation)]
    before = [{'step': step, 'amount': amount} for step, amount in named]
    return {
        'id': unit.id,
        'collateralValue': unit.collateral,
        'debtValue': unit.debt,
        'healthFactor': unit.health,
        'badDebt': unit.bad_debt,
        'value': unit.equity,
        'movable': unit.movable,
        'steps': [entry for entry in before if entry['amount'] != 0] + steps,
        'credit': credit,
        'reason': None,
    }
