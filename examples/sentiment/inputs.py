"""Makes inputs for the sentiment job, one JSON document per line; the same seed makes the same ones."""

import argparse
import json
import random

OPENINGS = ["Honestly,", "My friends say", "I think", "Everyone agrees that", "To be fair,"]
THINGS = ["the honey", "this hive", "the old garden", "their service", "that film", "the hotel", "the morning train"]
VERBS = ["is", "was", "seems", "isn't", "was never", "is hardly"]
WORDS = ["good", "superb", "lovely", "fresh", "honest", "awful", "dull", "stale", "broken", "dirty"]


def sentences(seed, count):
    pick = random.Random(seed)
    for _ in range(count):
        manner = pick.choice(["very ", "really ", "quite ", ""])
        parts = [pick.choice(OPENINGS), pick.choice(THINGS), pick.choice(VERBS), manner + pick.choice(WORDS)]
        yield " ".join(parts) + "."


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=20)
    options = parser.parse_args()
    for sentence in sentences(options.seed, options.count):
        print(json.dumps({"text": sentence}))


if __name__ == "__main__":
    main()
