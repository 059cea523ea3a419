"""Samples of variants that are measured side by side, and their statistics."""

import statistics


class Samples:
    """Measured values by variant, in the order of the rounds. A round measures each variant once."""

    def __init__(self):
        self.values = {}

    def add(self, variant, value):
        self.values.setdefault(variant, []).append(value)

    def median(self, variant):
        return statistics.median(self.values[variant])

    def quartiles(self, variant):
        """The lower and the upper quartile: half of the values lie between them."""
        values = self.values[variant]
        if len(values) < 2:
            return values[0], values[0]
        lower, _, upper = statistics.quantiles(values, n=4, method="inclusive")
        return lower, upper

    def rounds(self, variant):
        return len(self.values[variant])

    def ratio(self, variant, peer):
        """The median of the ratios of the two within a round. A slow round does not change its ratio."""
        pairs = zip(self.values[variant], self.values[peer])
        return statistics.median(value / other for value, other in pairs)


def interleaved(rounds, variants):
    """Measures variants in turn. `variants` gives for each name how many of the rounds it takes part in, and a function
    that returns the measured value."""
    samples = Samples()
    for turn in range(rounds):
        names = list(variants)
        # No variant always comes after the slowest one.
        shift = turn % len(names)
        for name in names[shift:] + names[:shift]:
            least, measure = variants[name]
            if turn < least:
                samples.add(name, measure())
    return samples
