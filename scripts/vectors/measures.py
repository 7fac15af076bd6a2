"""Statistics by their definitions."""

from mpmath import ceil, erfc, exp, floor, log, mpf, sqrt

from exact import ZERO, exact

LEVEL_NOISE = mpf('1e-9')


def chi_square_survival(statistic, freedom):
    return erfc(sqrt(statistic / 2)) if freedom == 1 else exp(-statistic / 2)


def log_likelihood(count, probability):
    return ZERO if count == 0 else count * log(probability)


def kupiec(days, exceptions, probability):
    p, rate = exact(probability), mpf(exceptions) / days
    held = log_likelihood(days - exceptions, 1 - p) + log_likelihood(exceptions, p)
    found = log_likelihood(days - exceptions, 1 - rate) + log_likelihood(exceptions, rate)
    statistic = max(ZERO, 2 * (found - held))
    return statistic, chi_square_survival(statistic, 1)


def christoffersen(hits, probability):
    counts = [[0, 0], [0, 0]]
    for before, after in zip(hits, hits[1:]):
        counts[before][after] += 1
    share = lambda part, whole: mpf(part) / whole if whole else ZERO
    (n00, n01), (n10, n11) = counts
    fit = lambda no, yes: log_likelihood(no, 1 - share(yes, no + yes)) + log_likelihood(yes, share(yes, no + yes))
    independence = max(ZERO, 2 * (fit(n00, n01) + fit(n10, n11) - fit(n00 + n10, n01 + n11)))
    coverage, coverage_p = kupiec(len(hits), sum(hits), probability)
    both = coverage + independence
    return {
        'lrInd': independence,
        'pInd': chi_square_survival(independence, 1),
        'lrUc': coverage,
        'pUc': coverage_p,
        'lrCc': both,
        'pCc': chi_square_survival(both, 2),
    }


def covariance(rows):
    table = [[exact(value) for value in row] for row in rows]
    days, width = len(table), len(table[0])
    means = [sum(row[j] for row in table) / days for j in range(width)]
    centred = [[row[j] - means[j] for j in range(width)] for row in table]
    biased = [[sum(row[i] * row[j] for row in centred) / days for j in range(width)] for i in range(width)]
    return centred, biased


def ledoit_wolf(rows):
    centred, biased = covariance(rows)
    days, width = len(centred), len(biased)
    cells = [(i, j) for i in range(width) for j in range(width)]
    mean = sum(biased[i][i] for i in range(width)) / width
    target = lambda i, j: mean if i == j else ZERO
    distance = sum((biased[i][j] - target(i, j)) ** 2 for i, j in cells) / width
    noise = sum((row[i] * row[j] - biased[i][j]) ** 2 for row in centred for i, j in cells) / (mpf(days) ** 2 * width)
    shrinkage = min(noise, distance) / distance if distance else ZERO
    shrunk = [[(1 - shrinkage) * biased[i][j] + shrinkage * target(i, j) for j in range(width)] for i in range(width)]
    return {'shrinkage': shrinkage, 'cov': shrunk}


def ewma(returns, decay):
    """Variances from the back-cast that weights the first 75 squares by 0.94^i."""
    squares = [exact(value) ** 2 for value in returns]
    first = squares[:75]
    weights = [mpf('0.94') ** i for i in range(len(first))]
    variance = [sum(weight * square for weight, square in zip(weights, first)) / sum(weights)]
    for square in squares[:-1]:
        variance.append(decay * variance[-1] + (1 - decay) * square)
    return variance


def historical_var(losses, level):
    """Lower inverse of the distribution of losses; the shortfall takes the fraction of the tail's last observation."""
    worst_first = sorted((exact(loss) for loss in losses), reverse=True)
    count, tail = len(losses), (1 - exact(level)) * len(losses)
    rank = int(ceil(count - tail - LEVEL_NOISE))
    whole = int(floor(tail + LEVEL_NOISE))
    fraction = (tail - whole) * worst_first[whole] if whole < count else ZERO
    shortfall = (sum(worst_first[:whole], ZERO) + fraction) / tail
    return {'var': max(ZERO, worst_first[count - rank]), 'es': max(ZERO, shortfall)}
