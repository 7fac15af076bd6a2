"""The seeded generator of the drawn accounts: SplitMix64, so that every Python and every other language draws the same."""

MASK = (1 << 64) - 1


class Draw:
    def __init__(self, seed):
        self.state = seed & MASK

    def bits(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        mixed = self.state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
        return mixed ^ (mixed >> 31)

    def integer(self, low, high):
        """A whole number from low to high, both included."""
        return low + self.bits() % (high - low + 1)

    def decimal(self, low, high, places):
        """A decimal string between two decimals given in units of the last place."""
        return written(self.integer(low, high), places)

    def one_of(self, choices):
        return choices[self.integer(0, len(choices) - 1)]

    def chance(self, percent):
        return self.integer(1, 100) <= percent


def written(units, places):
    if places == 0:
        return str(units)
    digits = str(units).rjust(places + 1, '0')
    return (digits[:-places] + '.' + digits[-places:]).rstrip('0').rstrip('.')
