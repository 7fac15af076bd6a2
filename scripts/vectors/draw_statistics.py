"""Statistics of returns drawn anew."""

from mpmath import mpf

import measures
from exact import rounded


def kupiec_case(draw):
    days = draw.choice([1, 250, 365, 1_000])
    exceptions = draw.choice([0, days, draw.randint(0, min(days, 40))])
    probability = draw.choice([0.01, 0.025, 0.05])
    statistic, p_value = measures.kupiec(days, exceptions, probability)
    return {'T': days, 'x': exceptions, 'p': probability, 'lr': float(statistic), 'pValue': float(p_value)}


def christoffersen_case(draw):
    probability = draw.choice([0.01, 0.05, 0.2])
    hits = [int(draw.random() < 1.5 * probability) for _ in range(draw.choice([60, 120]))]
    return {'hits': hits, 'p': probability, **rounded(measures.christoffersen(hits, probability))}


def var_case(draw):
    losses = [round(draw.gauss(0, 100), 4) for _ in range(draw.choice([20, 51]))]
    level = draw.choice([0.9, 0.95, 0.975, 0.99])
    return {'losses': losses, 'level': level, **rounded(measures.historical_var(losses, level))}


def file(draw, count):
    decay = draw.choice(['0.9', '0.97', '0.985'])
    common = [draw.gauss(0, 0.03) for _ in range(30)]
    rows = [[round(size * (move + draw.gauss(0, 0.02)), 8) for size in (1, 1.5, 0.1, 0.4)] for move in common]
    returns = [round(100 * row[1], 6) for row in rows]
    variance = rounded(measures.ewma(returns, mpf(decay)))
    return {
        'X': rows,
        'sampleCovBiased': rounded(measures.covariance(rows)[1]),
        'ledoitWolf': rounded(measures.ledoit_wolf(rows)),
        'ewma': {'lambda': float(decay), 'returnsPct': returns, 'initial': variance[0], 'variance': variance},
        'kupiec': [kupiec_case(draw) for _ in range(count)],
        'christoffersen': [christoffersen_case(draw) for _ in range(max(1, count // 2))],
        'historicalVar': [var_case(draw) for _ in range(max(1, count // 2))],
    }
