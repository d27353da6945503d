"""Streams the digits of pi, ten at a time, by Gibbons' unbounded spigot: nothing but whole numbers."""
from itertools import islice

from sdk import create_job, progress

BLOCK = 10


def digits():
    q, r, t, k, n, l = 1, 0, 1, 1, 3, 3
    while True:
        if 4 * q + r - t < n * t:
            yield n
            q, r, n = 10 * q, 10 * (r - n * t), (10 * (3 * q + r)) // t - 10 * n
        else:
            q, r, t, k, n, l = q * k, (2 * q + r) * l, t * l, k + 1, (q * (7 * k + 2) + r * l) // (t * l), l + 2


@create_job
def stream(input):
    wanted, source = input["digits"], digits()
    for done in range(0, wanted, BLOCK):
        yield "".join(map(str, islice(source, min(BLOCK, wanted - done))))
        progress(min(wanted, done + BLOCK), wanted)
