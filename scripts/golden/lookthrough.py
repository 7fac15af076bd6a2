"""Claims followed to their leaves as exact fractions, computed from docs/methodology.md, with the cases for it."""

from fractions import Fraction

DEEPEST, MOST = 8, 10_000


def look_through(claims, definitions):
    """Leaves, units, looped and missing claims; the nearest claims are followed first."""
    found = {'leaves': [], 'units': [], 'looped': [], 'missing': []}
    waiting = [(claim['id'], claim['asset'], Fraction(int(claim['quantity'])), []) for claim in claims]
    replaced = 0
    for claim, asset, quantity, way in waiting:
        entry = {'claim': claim, 'asset': asset, 'quantity': quantity, 'way': way}
        definition = definitions.get(asset)
        if quantity == 0:
            continue
        if definition is None:
            found['leaves'].append(entry)
        elif asset in way:
            found['looped'].append(entry)
        elif int(definition['supply']) == 0:
            found['missing'].append(entry | {'reason': 'VAULT_REVERTED'})
        elif len(way) >= DEEPEST or replaced >= MOST:
            found['missing'].append(entry | {'reason': 'DEPTH_EXCEEDED'})
        else:
            replaced += 1
            share, further = quantity / int(definition['supply']), [*way, asset]
            scaled = lambda rows: [(row['asset'], share * int(row['quantity'])) for row in rows]
            for unit in definition['units']:
                collateral = scaled(unit['collateral'])
                for looped, amount in collateral:
                    if looped in further:
                        found['looped'].append({'claim': claim, 'asset': looped, 'quantity': amount, 'way': [*further, unit['id']]})
                kept = [(name, amount) for name, amount in collateral if name not in further]
                sides = {'collateral': amounts(kept), 'debt': amounts(scaled(unit['debt']))}
                found['units'].append({'claim': claim, 'unit': unit['id'], 'way': further, **sides})
            waiting.extend((claim, name, amount, further) for name, amount in scaled(definition['holdings']))
    return found


def amounts(rows):
    return [{'asset': asset, 'quantity': quantity} for asset, quantity in rows]


def totals(entries):
    result = {}
    for entry in entries:
        result[entry['asset']] = result.get(entry['asset'], Fraction(0)) + entry['quantity']
    return result


def written(value):
    if isinstance(value, Fraction):
        return f'{value.numerator}/{value.denominator}'
    if isinstance(value, dict):
        return {key: written(entry) for key, entry in value.items()}
    return [written(entry) for entry in value] if isinstance(value, list) else value


def claim(asset, quantity, name=None):
    return {'id': name or asset, 'asset': asset, 'quantity': str(quantity)}


def definition(supply, holdings=(), units=()):
    return {'supply': str(supply), 'holdings': rows(*holdings), 'units': list(units)}


def rows(*pairs):
    return [{'asset': asset, 'quantity': str(quantity)} for asset, quantity in pairs]


def held(name, collateral, debt):
    return {'id': name, 'collateral': rows(*collateral), 'debt': rows(*debt)}


def chain_of(length):
    """c0 is a claim on c1, and so on; the last one is on USDC."""
    tokens = [f'c{n}' for n in range(length)] + ['USDC']
    return {token: definition(3 + n, [(tokens[n + 1], 7 + 2 * n)]) for n, token in enumerate(tokens[:-1])}


VAULT = definition(1000003, [('USDC', 700001), ('WETH', 12345678901234567890)],
                   [held('loan', [('wstETH', 999), ('WBTC', 31)], [('USDC', 70007), ('DAI', 11)])])

CASES = [
    ('leaf', 'A token without a definition is a leaf', [claim('USDC', 5), claim('WETH', 0)], {}),
    ('vault', 'A share of holdings and of a loan', [claim('share', 17)], {'share': VAULT}),
    ('two-holders', 'Two holders of all shares hold all there is', [claim('share', 400002, 'one'), claim('share', 600001, 'other')], {'share': VAULT}),
    ('nested', 'A wrapper of a share of a vault of two vaults', [claim('wrapped', 10**18)], {
        'wrapped': definition(3 * 10**18, [('fund', 2 * 10**18)]),
        'fund': definition(7 * 10**18, [('share', 1001), ('other', 5), ('empty', 0)]),
        'other': definition(11, [('share', 13), ('DAI', 17)]), 'share': VAULT}),
    ('loop', 'A token that holds itself through another', [claim('a', 100)], {
        'a': definition(300, [('b', 50), ('USDC', 9)]), 'b': definition(70, [('a', 20), ('DAI', 3)])}),
    ('loop-itself', 'A token that holds itself', [claim('a', 1)], {'a': definition(2, [('a', 1), ('USDC', 1)])}),
    ('loop-in-loan', 'A vault that borrows against its own share: the debt stays', [claim('a', 6)], {
        'a': definition(9, [], [held('loan', [('a', 4), ('WETH', 5)], [('USDC', 7)])])}),
    ('twice', 'The same token on two ways is no loop', [claim('a', 1)], {
        'a': definition(1, [('b', 2), ('c', 3)]), 'b': definition(5, [('d', 1)]), 'c': definition(7, [('d', 1)]), 'd': definition(2, [('USDC', 1)])}),
    ('no-supply', 'A vault without supply cannot be shared', [claim('void', 3), claim('USDC', 2)], {'void': definition(0, [('USDC', 10)])}),
    ('deep-enough', 'Eight replacements in a row reach the leaf', [claim('c0', 1000)], chain_of(8)),
    ('too-deep', 'Nine do not', [claim('c0', 1000), claim('c1', 1000)], chain_of(9)),
    ('too-many', 'After ten thousand replacements the farthest claims are given up', [claim('t0', 1)], {
        f't{level}': definition(4, [(f't{level + 1}', 1)] * 4 + [('USDC', 1)]) for level in range(9)}),
]

#: Above this many entries a case states totals only.
LISTED = 100


def cases():
    result = []
    for name, what, claims, definitions in CASES:
        found = look_through(claims, definitions)
        listed = found if sum(map(len, found.values())) <= LISTED else {}
        counts = {kind: len(entries) for kind, entries in found.items()}
        sums = {kind: totals(found[kind]) for kind in ('leaves', 'looped', 'missing')}
        expected = written({'counts': counts, 'totals': sums, **listed})
        result.append({'id': f'through-{name}', 'what': what, 'input': {'claims': claims, 'definitions': definitions}, 'expected': expected})
    return result
