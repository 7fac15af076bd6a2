"""The parameter sets the accounts are computed with: only the parts this page reads, with figures of their own."""

from copy import deepcopy


def asset_class(family, haircut_floor, wrapper_floor, horizon_days):
    return {'family': family, 'haircutFloor': haircut_floor, 'wrapperFloor': wrapper_floor, 'horizonDays': horizon_days}


CLASSES = {
    'BTC': asset_class('major', 0.09, 0, 1),
    'ETH': asset_class('major', 0.11, 0, 1),
    'LST': asset_class('major', 0.12, 0.04, 2),
    'majorStable': asset_class('stable', 0.006, 0.004, 1),
    'minorStable': asset_class('stable', 0.03, 0.025, 2),
    'largeAlt': asset_class('alt', 0.2, 0, 3),
    'vaultShare': asset_class('alt', 0.05, 0.06, 5),
}

EVERYDAY = {
    'defaultClass': 'largeAlt',
    'classes': CLASSES,
    'haircuts': {
        'market': {'z': 2.33, 'detectDays': 0.25, 'slices': 4},
        'riskGroupTiers': {},
        'issuerTiers': {},
        'protocolTiers': {'first': 0, 'second': 0.02, 'third': 0.15, 'fourth': 0.1},
        'chainTiers': {'base': 0, 'rollup': 0.015, 'young': 0.1, 'remote': 0.15},
        'defaultProtocolTier': 'second',
        'defaultChainTier': 'rollup',
        'bridge': {'native': 0, 'canonical': 0.005, 'bridged': 0.04},
        'oracle': {'singleSource': 0.03, 'deviationMultiplier': 2},
        'caps': {'assetChain': {}, 'account': None, 'global': {}},
    },
    'lending': {'targetHealthFactor': 1.25, 'targetHealthFactorHigh': 1.04, 'highThreshold': 0.9, 'unwindCost': 0.012},
}


def changed(base, lending=None, **haircuts):
    result = deepcopy(base)
    result['haircuts'].update(haircuts)
    result['lending'].update(lending or {})
    return result


def bare():
    """Nothing is charged, so that equity and what can be moved stand alone."""
    result = changed(
        EVERYDAY,
        market={'z': 0, 'detectDays': 0, 'slices': 1},
        protocolTiers={tier: 0 for tier in EVERYDAY['haircuts']['protocolTiers']},
        chainTiers={tier: 0 for tier in EVERYDAY['haircuts']['chainTiers']},
        bridge={'native': 0, 'canonical': 0, 'bridged': 0},
        oracle={'singleSource': 0, 'deviationMultiplier': 0},
    )
    for kind in result['classes'].values():
        kind.update(haircutFloor=0, wrapperFloor=0)
    return result


ISSUER_TIERS = {
    'Harbour': [{'upTo': 100000, 'ratio': 1}, {'upTo': 400000, 'ratio': 0.8}, {'upTo': None, 'ratio': 0.35}],
    'Minster': [{'upTo': 50000, 'ratio': 0.95}, {'upTo': 200000, 'ratio': 0.5}, {'upTo': None, 'ratio': 0}],
}
GROUP_TIERS = {
    'ETH': [{'upTo': 250000, 'ratio': 1}, {'upTo': 750000, 'ratio': 0.9}, {'upTo': None, 'ratio': 0.6}],
    'LINK': [{'upTo': 20000, 'ratio': 0.9}, {'upTo': 60000, 'ratio': 0.4}, {'upTo': None, 'ratio': 0}],
}
CAPS = {
    'assetChain': {'WETH:base': 90000, 'USDC:rollup': 40000, 'LINK:base': 7000},
    'account': 600000,
    'global': {'WETH': 150000, 'DAI': 60000, 'WBTC': 0},
}

#: The shipped set, for the worked example of the page; a test holds it to the one that is shipped.
HOUSE = {
    'defaultClass': 'largeAlt',
    'classes': {
        'BTC': asset_class('major', 0.2, 0.03, 1),
        'ETH': asset_class('major', 0.2, 0, 1),
        'LST': asset_class('major', 0.25, 0.05, 2),
        'majorStable': asset_class('stable', 0.02, 0, 1),
        'minorStable': asset_class('stable', 0.15, 0.05, 2),
        'syntheticStable': asset_class('stable', 0.3, 0.05, 2),
        'largeAlt': asset_class('alt', 0.35, 0, 2),
        'vaultShare': asset_class('alt', 0.4, 0.03, 5),
    },
    'haircuts': {
        'market': {'z': 2.326, 'detectDays': 40 / 1440, 'slices': 6},
        'riskGroupTiers': {},
        'issuerTiers': {},
        'protocolTiers': {'established': 0, 'recent': 0.05, 'unproven': 0.25},
        'chainTiers': {'established': 0, 'recent': 0.05, 'unproven': 0.25},
        'defaultProtocolTier': 'established',
        'defaultChainTier': 'established',
        'bridge': {'native': 0, 'canonical': 0.01, 'bridged': 0.05},
        'oracle': {'singleSource': 0.02, 'deviationMultiplier': 1},
        'caps': {'assetChain': {}, 'account': None, 'global': {}},
    },
    'lending': {'targetHealthFactor': 1.25, 'targetHealthFactorHigh': 1.1, 'highThreshold': 0.9, 'unwindCost': 0.0045},
}

SETS = {
    'house-1': HOUSE,
    'house-1 with a cap': changed(HOUSE, caps={'assetChain': {}, 'account': 30000, 'global': {}}),
    'bare': bare(),
    'everyday': EVERYDAY,
    'tiered': changed(EVERYDAY, issuerTiers=ISSUER_TIERS, riskGroupTiers=GROUP_TIERS),
    'capped': changed(EVERYDAY, caps=CAPS),
    'strict': changed(
        EVERYDAY,
        lending={'targetHealthFactor': 1.5, 'targetHealthFactorHigh': 1.1, 'highThreshold': 0.85, 'unwindCost': 0.05},
        market={'z': 3.09, 'detectDays': 1, 'slices': 1},
        issuerTiers=ISSUER_TIERS,
        riskGroupTiers=GROUP_TIERS,
        caps={'assetChain': {'WETH:rollup': 60000}, 'account': 350000, 'global': {'WBTC': 100000, 'USDC': 120000}},
        defaultProtocolTier='third',
        defaultChainTier='young',
    ),
}
