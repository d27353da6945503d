"""Prices a European call option by simulating where its share may end; the seed makes it repeatable."""
from math import exp, fsum, sqrt
from random import Random

from sdk import create_job, progress

BATCH = 10_000


@create_job
def price(input):
    spot, strike, rate, volatility, years = (input[k] for k in ("spot", "strike", "rate", "volatility", "years"))
    random, samples = Random(input["seed"]), input["samples"]
    drift, spread = (rate - volatility**2 / 2) * years, volatility * sqrt(years)
    payoffs = []
    for done in range(0, samples, BATCH):
        progress(done, samples)
        for _ in range(min(BATCH, samples - done)):
            payoffs.append(max(0.0, spot * exp(drift + spread * random.gauss(0, 1)) - strike))
    discount = exp(-rate * years)
    mean = fsum(payoffs) / samples
    error = sqrt(fsum((payoff - mean) ** 2 for payoff in payoffs) / (samples - 1) / samples)
    low, high = (discount * (mean + side * 1.96 * error) for side in (-1, 1))
    return {"price": round(discount * mean, 6), "error": round(discount * error, 6), "interval": [round(low, 6), round(high, 6)]}
