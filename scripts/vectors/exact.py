"""Numbers of forty digits, and Black-76 with them."""

from mpmath import erfc, inf, log, mp, mpf, sqrt

mp.dps = 40

YEAR = 365 * 86_400
ZERO = mpf(0)


def exact(value):
    """The number which a float of a JSON file is, to its last bit."""
    return mpf(float(value))


def rounded(value):
    """A figure, or lists and tables of them, as JSON holds it."""
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [rounded(inner) for inner in value]
    return None if value is None else float(value)


def normal_cdf(x):
    return erfc(-x / sqrt(2)) / 2


def black76(is_call, forward, strike, vol, years):
    """Undiscounted value of a European option, by the textbook formula."""
    sign = 1 if is_call else -1
    deviation = vol * sqrt(years)
    if deviation == 0 or forward == 0 or strike == 0:
        return max(ZERO, sign * (forward - strike))
    d1 = log(forward / strike) / deviation + deviation / 2
    return sign * (forward * normal_cdf(sign * d1) - strike * normal_cdf(sign * (d1 - deviation)))


def progressive(size, tiers):
    """Every slice of a size at its own rate; `tiers` are [up to, rate], None without end. A debt counts in full."""
    size = exact(size)
    if size < 0:
        return size
    total, below = ZERO, ZERO
    for up_to, rate in tiers:
        top = inf if up_to is None else exact(up_to)
        total += max(ZERO, min(size, top) - below) * exact(rate)
        below = top
    return total
