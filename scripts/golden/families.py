"""The accounts written by hand: one family for each part of the page."""

from accounts import SAFE, curve, debt, holding, market, pledge, unit


def prices(book):
    book.add('price-index', 'Index prices alone, two plain holdings', 'everyday', [holding('WETH', '3.5'), holding('USDC', '12000')])
    book.add('price-own', 'The row brings its own oracle price and mark', 'everyday', [
        holding('WETH', '2', oraclePrice='2400', markPrice='2390.5'), holding('OWN', '10', markPrice='7', **{'class': 'BTC'}),
        holding('HALF', '10', oraclePrice='9'),
    ])
    book.add('price-missing', 'No price anywhere, a zero oracle, a zero mark, and an asset of which only the oracle is known', 'everyday', [
        holding('NONE', '10'), holding('ZERO', '3', oraclePrice='0', markPrice='5'), holding('FLAT', '4', oraclePrice='5', markPrice='0'),
        holding('FAR', '8'), holding('NEAR', '9', markPrice='3'),
    ], assets=market(FAR={'oraclePrice': '11', 'class': 'ETH'}, NEAR={'class': 'ETH'}))
    book.add('price-one-known', 'Assets of which only one price is known', 'everyday', [holding('MARKED', '6'), holding('SEEN', '7')],
             assets=market(MARKED={'markPrice': '21'}, SEEN={'oraclePrice': '22'}))
    codes = ['PRICE_STALE', 'PRICE_ABSURD', 'PRICE_MISSING', 'TOKEN_UNKNOWN', 'READ_FAILED', 'VAULT_REVERTED', 'DEPTH_EXCEEDED', 'QUARANTINED',
             'CHAIN_STALE', 'CHAIN_UNREACHABLE', 'CHAIN_REORG', 'NOT_HYDRATED', 'REDEMPTION_QUEUED']
    book.add('reasons', 'Rows that say themselves why they count nothing, beside one that counts', 'everyday',
             [holding('WETH', '1.25', id=code, unusable=code) for code in codes] + [holding('WETH', '2')])
    book.add('queued', 'Shares requested back have a value and no credit, beside shares of the same vault that can leave', 'everyday', [
        holding('sUSD', '700', SAFE | {'redemptionPrice': '1.01'}, id='asked for', unusable='REDEMPTION_QUEUED', movable='0'),
        holding('sUSD', '9000', SAFE | {'redemptionPrice': '1.01'}, id='free'),
    ])
    book.add('reasons-in-units', 'Unusable collateral backs nothing; an unusable debt makes its unit unusable', 'everyday', [], [
        unit('aave', [pledge('WETH', '10', '0.83', '0.8', '1.05', unusable='PRICE_STALE'), pledge('WBTC', '1', '0.78', '0.73', '1.06')],
             [debt('USDC', '20000')], id='collateral'),
        unit('aave', [pledge('WETH', '10', '0.83', '0.8', '1.05')],
             [debt('USDC', '1000', unusable='READ_FAILED'), debt('DAI', '10', unusable='PRICE_ABSURD')], id='debt'),
        unit('aave', [pledge('WETH', '5', '0.83', '0.8', '1.05')],
             [debt('LOST', '0', unusable='PRICE_MISSING'), debt('USDC', '2000')], id='empty-debt'),
        unit('morpho', [pledge('WETH', '5', '0.86', '0.86')], [debt('LOST', '3')], id='unpriced-debt'),
    ])
    book.add('class-and-group', 'Class and risk group from the row, the asset or the default', 'tiered', [
        holding('MYST', '100', oraclePrice='12'), holding('WETH', '40', **{'class': 'LST'}), holding('WBTC', '3', riskGroup='ETH'),
        holding('LINK', '6000'),
    ])


def holdings(book):
    book.add('movable', 'A queue lets only part of a holding leave', 'everyday', [
        holding('wstETH', '20', movable='7.25'), holding('USDC', '5000', movable='0'), holding('DAI', '700', movable='900'),
    ])
    book.add('wrapper', 'Discounts below, at and above the floor, and a redemption price under the mark', 'everyday', [
        holding('wstETH', '10', SAFE | {'redemptionPrice': '3000'}), holding('sUSD', '9000', SAFE | {'redemptionPrice': '1.2'}, id='deep'),
        holding('sUSD', '8000', SAFE | {'redemptionPrice': '1.01'}, id='under'), holding('DAI', '4000', SAFE),
        holding('DAI', '4000', SAFE | {'redemptionPrice': '1'}, id='par'),
    ])
    book.add('tiers-of-trust', 'Tiers of protocol and chain, known, unknown and by default, and each kind of bridge', 'everyday', [
        holding('WETH', '1', SAFE | {'protocolTier': 'third'}, id='third'), holding('WETH', '1', SAFE | {'protocolTier': 'unheard'}, id='unheard'),
        holding('WETH', '1', SAFE | {'chainTier': 'young'}, id='young', bridge='canonical'), holding('WETH', '1', None, id='nothing known'),
        holding('WETH', '1', SAFE | {'chainTier': 'base'}, id='bridged', bridge='bridged'),
        holding('WETH', '1', SAFE | {'chainTier': 'nowhere'}, id='nowhere', bridge='native'),
    ])
    book.add('oracle', 'One source, several, none known, and wide deviation thresholds', 'everyday', [
        holding('WBTC', '0.5', SAFE | {'oracleSources': 1}, id='one'), holding('WBTC', '0.5', {'protocolTier': 'first'}, id='unknown'),
        holding('WBTC', '0.5', SAFE | {'oracleDeviation': '0.005'}, id='narrow'), holding('WBTC', '0.5', SAFE | {'oracleDeviation': '0.6'}, id='absurd'),
        holding('WBTC', '0.5', SAFE | {'oracleSources': 1, 'oracleDeviation': '0.025'}, id='both'),
    ])
    book.add('market-floor', 'Volatility below, above and beyond the floor of the class', 'everyday', [
        holding('WETH', '1', SAFE | {'volatility': '0.05'}, id='calm'), holding('WETH', '1', SAFE | {'volatility': '1.3'}, id='wild'),
        holding('LINK', '1000', SAFE | {'volatility': '9'}, id='gone'), holding('USDC', '1000', id='unknown'),
    ])
    book.add('portfolio', 'The same holdings where scenarios charge the market', 'everyday', [
        holding('WETH', '1', SAFE | {'volatility': '1.3'}), holding('wstETH', '2', SAFE | {'redemptionPrice': '3000'}), holding('LINK', '50', None),
    ], model='portfolio')
    book.add('sizes', 'Huge and tiny quantities side by side', 'everyday', [
        holding('WETH', '123456789012.5', None), holding('WBTC', '0.00000001', None), holding('USDC', '0.000000000000000001', None),
        holding('DAI', '987654321987654321.123456789', None), holding('LINK', '0', None),
    ])
    book.add('nothing', 'An account that holds nothing', 'everyday')


def impact(book):
    steep = curve(('50000', '0.02'), ('150000', '0.12'), ('400000', '0.55'), ('900000', '0.97'))
    for name, quantity, what in [('below', '14', 'short of the first point'), ('mid', '72', 'between points'), ('peak', '140', 'past the peak'),
                                 ('beyond', '800', 'beyond the last point')]:
        book.add(f'impact-{name}', f'Selling {what} of a curve with a peak inside', 'everyday', [holding('WETH', quantity, SAFE | {'impact': steep})])
    book.add('impact-falling', 'A curve that falls is taken as flat', 'everyday', [
        holding('WETH', '60', SAFE | {'impact': curve(('40000', '0.05'), ('100000', '0.03'), ('300000', '0.08'))})])
    book.add('impact-classes', 'One asset in two classes of retained fraction, and two leaves in one class', 'everyday', [
        holding('WETH', '30', SAFE | {'impact': steep}, id='best'), holding('WETH', '20', SAFE | {'impact': steep, 'protocolTier': 'third'}, id='third'),
        holding('WETH', '15', SAFE | {'impact': steep, 'protocolTier': 'third'}, id='third again'),
    ])
    book.add('impact-order', 'Equal retained fractions found by different steps are one class', 'everyday', [
        holding('WBTC', '1', SAFE | {'impact': steep, 'protocolTier': 'third', 'chainTier': 'young'}, id='one way'),
        holding('WBTC', '2', SAFE | {'impact': steep, 'protocolTier': 'fourth', 'chainTier': 'remote'}, id='other way'),
        holding('WBTC', '1', SAFE | {'impact': steep, 'oracleSources': 1}, id='single'),
        holding('WBTC', '1', SAFE | {'impact': steep, 'oracleDeviation': '0.015'}, id='threshold'),
    ])
    book.add('impact-own-curves', 'Leaves of one asset with curves of their own, and one without', 'everyday', [
        holding('WETH', '30', SAFE | {'impact': steep}, id='steep'), holding('WETH', '25', SAFE | {'impact': curve(('200000', '0.01'))}, id='flat'),
        holding('WETH', '10', id='none'),
    ])
    book.add('impact-unit', 'The account sells what it holds and what its loan backs at once', 'everyday',
             [holding('WETH', '40', SAFE | {'impact': steep})],
             [unit('aave', [pledge('WETH', '60', '0.83', '0.8', '1.05', SAFE | {'impact': steep})], [debt('USDC', '40000')])])


def tiers(book):
    book.add('tiers-issuer', 'Two issuers, one with an end to its tiers', 'tiered', [
        holding('USDC', '650000', issuer='Harbour'), holding('DAI', '300000', issuer='Minster'), holding('WBTC', '1', issuer='Nobody'),
    ])
    book.add('tiers-group', 'ETH and its wrapper fill the tiers of one group, the better first', 'tiered', [
        holding('WETH', '180'), holding('wstETH', '230', SAFE | {'redemptionPrice': '2960'}), holding('LINK', '9000'),
    ])
    book.add('tiers-both', 'Impact, then issuer, then group take in turn', 'tiered', [
        holding('wstETH', '190', SAFE | {'impact': curve(('200000', '0.01'), ('800000', '0.09'))}, issuer='Harbour'),
        holding('WETH', '150', issuer='Minster'), holding('WETH', '60', None, id='lesser', issuer='Harbour'),
    ])
    book.add('tiers-shared', 'Leaves of one class share what is left of a tier', 'tiered', [
        holding('LINK', '1500', id='first'), holding('LINK', '2500', id='second'), holding('LINK', '4000', SAFE | {'oracleSources': 1}, id='after'),
    ])
    book.add('tiers-unit', 'Rows of loans count towards the tiers by what is relied on', 'tiered', [holding('WETH', '80')], [
        unit('aave', [pledge('WETH', '120', '0.83', '0.8', '1.05'), pledge('wstETH', '90', '0.81', '0.785', '1.06', issuer='Harbour')], [debt('USDC', '90000')]),
        unit('comet', [pledge('LINK', '6000', '0.8', '0.75', '1.07')], [debt('USDC', '9000')], control='enforceable', unwindable=True),
    ])
    book.add('tiers-portfolio', 'Tiers where the market is charged by scenarios', 'tiered',
             [holding('WETH', '220'), holding('wstETH', '60', None, issuer='Harbour'), holding('USDC', '450000', issuer='Harbour')], model='portfolio')


def caps(book):
    book.add('cap-chain', 'A cap on one asset on one chain', 'capped',
             [holding('LINK', '900', chain='base'), holding('LINK', '300', id='elsewhere', chain='rollup'), holding('USDC', '70000', chain='rollup')])
    book.add('cap-global', 'A cap on an asset across chains, after the chain has been capped', 'capped', [
        holding('WETH', '60', chain='base'), holding('WETH', '55', id='rollup', chain='rollup'), holding('WBTC', '1', chain='base'),
    ])
    book.add('cap-account', 'A cap on the whole account', 'capped', [
        holding('wstETH', '200', chain='base'), holding('USDC', '250000', chain='base'), holding('LINK', '9000', chain='young'),
    ])
    book.add('cap-all', 'All three caps, with a loan among the rows', 'capped', [
        holding('WETH', '70', chain='base'), holding('DAI', '90000', None, chain='base'), holding('USDC', '500000', chain='base'),
    ], [unit('morpho', [pledge('WETH', '90', '0.86', '0.86')], [debt('USDC', '50000')], chain='base')])
    book.add('cap-portfolio', 'Caps where the market is charged by scenarios', 'capped',
             [holding('WETH', '50', chain='base'), holding('WETH', '40', id='rollup', chain='rollup'), holding('USDC', '450000')], model='portfolio')


def loan(book):
    eth = [pledge('WETH', '120', '0.83', '0.8', '1.05')]
    for name, change, assets in [
        ('now', 'As it stands', market()),
        ('down-10', 'ETH 10 % lower', market(WETH={'indexPrice': '2250'})),
        ('down-30', 'ETH 30 % lower: liquidation is due', market(WETH={'indexPrice': '1750'})),
        ('down-45', 'ETH 45 % lower: nothing is left', market(WETH={'indexPrice': '1375'})),
        ('market-only', 'ETH 30 % lower on the market only', market(WETH={'markPrice': '1750', 'oraclePrice': '2500'})),
        ('oracle-only', 'ETH 30 % lower in the oracle only', market(WETH={'markPrice': '2500', 'oraclePrice': '1750'})),
    ]:
        book.add(f'loan-{name}', f'300,000 of ETH against 150,000 of USDC. {change}', 'bare', [], [unit('aave', eth, [debt('USDC', '150000')])], assets)
    book.add('loan-everyday', 'The same loan with every haircut', 'everyday', [], [unit('aave', eth, [debt('USDC', '150000')])])
    book.add('loan-no-debt', 'Collateral without debt can leave', 'everyday', [], [unit('aave', eth, [])])
    book.add('loan-unwound', 'A venue that may unwind counts the equity less its cost', 'everyday', [],
             [unit('aave', eth, [debt('USDC', '150000')], control='enforceable', unwindable=True)])
    book.add('loan-control-only', 'Control without unwinding, and unwinding without control, count what can be moved', 'everyday', [], [
        unit('aave', eth, [debt('USDC', '150000')], id='control', control='enforceable'), unit('aave', eth, [debt('USDC', '150000')], id='unwindable', unwindable=True),
        unit('aave', eth, [debt('USDC', '150000')], id='watched', control='none'),
    ])
    book.add('loan-empty', 'A loan without collateral and one without anything', 'everyday', [],
             [unit('aave', [], [debt('USDC', '500')], id='debt'), unit('morpho', [], [], id='empty')])


def aave(book):
    rows = [pledge('WETH', '40', '0.83', '0.8', '1.05'), pledge('WBTC', '1.5', '0.78', '0.73', '1.0625'), pledge('LINK', '3000', '0.68', '0.53', '1.07')]
    book.add('aave-healthy', 'Three collaterals, two debts', 'everyday', [], [unit('aave', rows, [debt('USDC', '60000'), debt('DAI', '30000')])])
    book.add('aave-due', 'Liquidation is due and takes the worst for the owner first', 'everyday', [], [unit('aave', rows, [debt('USDC', '150000'), debt('DAI', '25000')])],
             control_market())
    book.add('aave-due-partly', 'Liquidation exhausts the first collateral and part of the second', 'bare', [],
             [unit('aave', rows, [debt('USDC', '185000')], control='enforceable', unwindable=True)])
    book.add('aave-due-unpaid', 'Liquidation leaves debt unpaid, a row that backs nothing stays', 'bare', [], [
        unit('aave', [*rows, pledge('DAI', '7000', '0.75', '0.7', '1.05', enabled=False)], [debt('USDC', '229000')])])
    book.add('aave-unpledged', 'Rows that are not enabled or have no threshold back nothing and are free', 'everyday', [], [
        unit('aave', [pledge('WETH', '40', '0.83', '0.8', '1.05'), pledge('WBTC', '1', '0', '0'), pledge('DAI', '9000', '0.75', '0.7', '1.05', enabled=False)],
             [debt('USDC', '52000')])])
    book.add('aave-blocking', 'A row without loan-to-value that cannot leave blocks the others', 'everyday', [], [
        unit('aave', [pledge('WETH', '40', '0.83', '0.8', '1.05'), pledge('LINK', '500', '0.6', '0', '1.1', freeLiquidity='120')], [debt('USDC', '20000')], id='blocked'),
        unit('aave', [pledge('WETH', '40', '0.83', '0.8', '1.05'), pledge('LINK', '500', '0.6', '0', '1.1')], [debt('USDC', '20000')], id='open'),
        unit('aave', [pledge('WETH', '40', '0.83', '0.8', '1.05'), pledge('LINK', '500', '0.6', '0', '1.1', paused=True)], [], id='no debt'),
    ])
    book.add('aave-limits', 'Liquidity, caps and pauses bound what can leave', 'everyday', [], [
        unit('aave', [pledge('WETH', '50', '0.83', '0.8', '1.05', freeLiquidity='3.5'), pledge('WBTC', '2', '0.78', '0.73', '1.06', withdrawalCap='0.75', freeLiquidity='4'),
                      pledge('wstETH', '12', '0.81', '0.785', '1.06', paused=True)], [debt('USDC', '70000')])])
    book.add('aave-stuck', 'Everything paused: equity that cannot be moved', 'everyday', [],
             [unit('aave', [pledge('WETH', '50', '0.83', '0.8', '1.05', paused=True)], [debt('USDC', '7000')])])
    book.add('aave-high-threshold', 'Thresholds above the mark use the other target', 'everyday', [], [
        unit('aave', [pledge('wstETH', '50', '0.95', '0.93', '1.01'), pledge('WETH', '3', '0.83', '0.8', '1.05')], [debt('WETH', '44')])])
    book.add('aave-stable-below-par', 'A stable debt below par is owed at par', 'everyday', [], [
        unit('aave', [pledge('WETH', '60', '0.83', '0.8', '1.05')], [debt('USDC', '40000'), debt('DAI', '25000', oraclePrice='0.97', markPrice='1.02')])],
        market(USDC={'indexPrice': '0.981'}))
    book.add('aave-due-below-par', 'Liquidation with a stable debt below par', 'everyday', [], [
        unit('aave', [pledge('WETH', '60', '0.83', '0.8', '1.05'), pledge('LINK', '100', '0.68', '0.53', '1.07')], [debt('USDC', '126000')], control='enforceable', unwindable=True)],
        market(USDC={'markPrice': '0.9', 'oraclePrice': '0.95'}))
    book.add('aave-apart', 'Oracle and mark apart, differently on each collateral', 'everyday', [], [
        unit('aave', rows, [debt('USDC', '158000')])], market(WETH={'oraclePrice': '2450', 'markPrice': '2510'}, WBTC={'oraclePrice': '64900', 'markPrice': '61000'},
                                                                  LINK={'oraclePrice': '13', 'markPrice': '15'}))
    book.add('aave-redemption', 'Collateral above its redemption price', 'everyday', [], [
        unit('aave', [pledge('wstETH', '30', '0.81', '0.785', '1.06', SAFE | {'redemptionPrice': '2890'}), pledge('sUSD', '9000', '0.75', '0.7', '1.05', SAFE | {'redemptionPrice': '1.06'})],
             [debt('USDC', '41000')])])
    book.add('aave-ties', 'Equal rows are taken in the order of asset and place', 'everyday', [], [
        unit('aave', [pledge('WETH', '4', '0.8', '0.75', '1.05', id_of('late')), pledge('WETH', '6', '0.8', '0.75', '1.05', freeLiquidity='1'), pledge('AAVE', '100', '0.8', '0.75', '1.05', oraclePrice='100')],
             [debt('USDC', '18000')])])
    book.add('aave-facts', 'Every step from the facts of the rows of one loan', 'everyday', [], [
        unit('aave', [pledge('WETH', '40', '0.83', '0.8', '1.05', None, bridge='bridged'), pledge('wstETH', '20', '0.81', '0.785', '1.06', {'protocolTier': 'third', 'chainTier': 'young', 'redemptionPrice': '2960'}),
                      pledge('WBTC', '1', '0.78', '0.73', '1.06', SAFE | {'oracleDeviation': '0.04'})], [debt('USDC', '80000')], chain='rollup', bridge='canonical')])


def id_of(tier):
    return SAFE | {'protocolTier': 'second'} if tier == 'late' else SAFE


def control_market():
    return market(WETH={'indexPrice': '1800'}, LINK={'indexPrice': '10', 'markPrice': '11'})


def others(book):
    book.add('morpho-healthy', 'The incentive from the threshold', 'everyday', [], [unit('morpho', [pledge('wstETH', '40', '0.86', '0.86')], [debt('USDC', '60000')])])
    book.add('morpho-due', 'Liquidation due at the incentive from the threshold, and at its bound', 'everyday', [], [
        unit('morpho', [pledge('wstETH', '40', '0.86', '0.86')], [debt('USDC', '103000')], id='computed', control='enforceable', unwindable=True),
        unit('morpho', [pledge('LINK', '10000', '0.385', '0.385')], [debt('USDC', '90000')], id='bounded', control='enforceable', unwindable=True),
        unit('morpho', [pledge('WETH', '40', '0.945', '0.945', '1.03')], [debt('USDC', '96000')], id='given', control='enforceable', unwindable=True),
    ])
    book.add('morpho-high', 'A high threshold and little liquidity', 'everyday', [], [
        unit('morpho', [pledge('wstETH', '40', '0.945', '0.945', freeLiquidity='9')], [debt('WETH', '37')]),
    ])
    book.add('comet-healthy', 'Several collaterals at borrow factors', 'everyday', [], [
        unit('comet', [pledge('WETH', '30', '0.9', '0.825', '1.0526'), pledge('WBTC', '1', '0.85', '0.8', '1.06'), pledge('LINK', '900', '0.8', '0.75', '1.08')], [debt('USDC', '70000')])])
    book.add('comet-due', 'Everything pledged is absorbed at its factor', 'everyday', [], [
        unit('comet', [pledge('WETH', '30', '0.83', '0.8', '1.05'), pledge('WBTC', '1', '0.78', '0.73', '1.06')], [debt('USDC', '115000')], id='left', control='enforceable', unwindable=True),
        unit('comet', [pledge('WETH', '30', '0.83', '0.8', '1.1')], [debt('USDC', '72000')], id='none left', control='enforceable', unwindable=True),
    ], market(WETH={'oraclePrice': '2480'}))
    book.add('comet-zero-ltv', 'Without loan-to-value nothing blocks outside aave', 'everyday', [], [
        unit('comet', [pledge('WETH', '30', '0.83', '0.8', '1.05'), pledge('LINK', '900', '0.8', '0', '1.08', freeLiquidity='100'), pledge('DAI', '50', '0', '0')], [debt('USDC', '30000')])])
    book.add('portfolio-units', 'Loans of every rule where the market is charged by scenarios', 'everyday', [holding('WETH', '1', None)], [
        unit('aave', [pledge('WETH', '30', '0.83', '0.8', '1.05', None), pledge('WBTC', '1', '0.78', '0.73', '1.06')], [debt('USDC', '50000')]),
        unit('morpho', [pledge('wstETH', '40', '0.86', '0.86', None, SAFE | {'redemptionPrice': '3000'})], [debt('USDC', '60000')]),
        unit('comet', [pledge('LINK', '5000', '0.8', '0.75', '1.08', None)], [debt('USDC', '20000')], control='enforceable', unwindable=True),
    ], model='portfolio')


def worked(book):
    """The example of the page: one loan under several prices, relied on in both ways, and an account with every step."""
    eth = lambda **prices: {'ETH': {'indexPrice': '2500', 'class': 'ETH', **prices}, 'USDC': {'indexPrice': '1', 'class': 'majorStable'}}
    loan = lambda name, facts, **fields: unit('aave', [pledge('ETH', '120', '0.83', '0.8', '1.05', facts)], [debt('USDC', '150000')], id=name, **fields)
    unwound = {'control': 'enforceable', 'unwindable': True}
    for name, what, assets in [
        ('now', 'today', eth()),
        ('down-10', '−10 %', eth(indexPrice='2250')),
        ('down-30', '−30 %', eth(indexPrice='1750')),
        ('down-45', '−45 %', eth(indexPrice='1375')),
        ('market-30', '−30 % on the market only', eth(markPrice='1750')),
        ('oracle-30', '−30 % in the oracle only', eth(oraclePrice='1750')),
        ('oracle-45', '−45 % in the oracle only', eth(oraclePrice='1375')),
    ]:
        two = [loan('withdrawn', {'oracleSources': 2}), loan('unwound', {'oracleSources': 2}, **unwound)]
        book.add(f'worked-{name}', what, 'house-1', [], two, assets)
    assets = eth(indexPrice='1375') | {'wstETH': {'indexPrice': '1600', 'class': 'LST'}, 'USDC': {'indexPrice': '0.998', 'class': 'majorStable'}}
    facts = {
        'volatility': '0.8',
        'redemptionPrice': '1632',
        'impact': curve(('20000', '0.01'), ('60000', '0.05'), ('200000', '0.3')),
        'protocolTier': 'recent',
        'chainTier': 'recent',
        'oracleSources': 3,
        'oracleDeviation': '0.005',
    }
    book.add('worked-account', 'Every step at once', 'house-1 with a cap', [
        holding('wstETH', '40', facts, movable='30', bridge='canonical'), holding('token', '1000', {}, markPrice='12', unusable='PRICE_STALE'),
    ], [loan('loan', {'oracleSources': 1, 'protocolTier': 'recent', 'chainTier': 'recent', 'impact': curve(('5000', '0.01'), ('50000', '0.08'))}, **unwound)], assets)


FAMILIES = [worked, prices, holdings, impact, tiers, caps, loan, aave, others]
